package io.github.bettersse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The text of bytes and characters is sent piece by piece as it comes.
 */
class StreamTextTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	@Test
	void bytesAreStreamEvents() {
		TestEngine.join(this.session.stream(new ByteArrayInputStream("a\u20AC\nb".getBytes(StandardCharsets.UTF_8))));
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: stream\nid: ~\ndata: a\u20AC\ndata: b\n\n");
	}

	@Test
	void charactersAreStreamEvents() {
		TestEngine.join(this.session.stream(new StringReader("a\u20AC")));
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: stream\nid: ~\ndata: a\u20AC\n\n");
	}

	@Test
	void piecesHaveTheGivenName() {
		TestEngine.join(this.session.stream(new ByteArrayInputStream(new byte[] { 'a' }), "one"));
		TestEngine.join(this.session.stream(new StringReader("b"), "message"));
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: one\nid: ~\ndata: a\n\nid: ~\ndata: b\n\n");
	}

	@Test
	void noTextSendsNothing() {
		TestEngine.join(this.session.stream(InputStream.nullInputStream()));
		TestEngine.join(this.session.stream(Reader.nullReader()));
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void pieceIsSentAsSoonAsItIsThereButNoHalfCharacter() throws IOException {
		byte[] euro = "\u20AC".getBytes(StandardCharsets.UTF_8);
		try (PipedOutputStream out = new PipedOutputStream(); PipedInputStream in = new PipedInputStream(out)) {
			CompletableFuture<Void> done = this.session.stream(in);
			out.write('a');
			out.write(euro, 0, 2);
			out.flush();
			awaitReceived("event: stream\nid: ~\ndata: a\n\n");
			out.write(euro, 2, 1);
			out.flush();
			awaitReceived("event: stream\nid: ~\ndata: a\n\nevent: stream\nid: ~\ndata: \u20AC\n\n");
			out.close();
			TestEngine.join(done);
		}
	}

	@Test
	void sourceIsClosedAtItsEnd() {
		AtomicInteger closed = new AtomicInteger();
		TestEngine.join(this.session.stream(new ByteArrayInputStream(new byte[] { 'a' }) {

			@Override
			public void close() {
				closed.incrementAndGet();
			}

		}));
		assertThat(closed).hasValue(1);
		TestEngine.join(this.session.stream(new StringReader("a") {

			@Override
			public void close() {
				closed.incrementAndGet();
				super.close();
			}

		}));
		assertThat(closed).hasValue(2);
	}

	@Test
	void endOfTheSessionEndsAReadThatBlocks() {
		BlockingBytes bytes = new BlockingBytes();
		CompletableFuture<Void> done = this.session.stream(bytes);
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.session.onDisconnected(reason::complete);
		bytes.reading.awaitArrival();
		this.client.connection().vanish(null);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done))
			.withMessage("The session ended before all was sent.");
		assertThat(TestEngine.join(reason)).isEqualTo(DisconnectReason.CLIENT_GONE);
		TestEngine.await().until(() -> bytes.closed.get() == 1);
	}

	@Test
	void readerWhoseCloseWaitsForAReadKeepsNoListener() {
		BlockingBytes bytes = new BlockingBytes();
		CompletableFuture<Void> done = this.session.stream(new InputStreamReader(bytes, StandardCharsets.UTF_8));
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.session.onDisconnected(reason::complete);
		bytes.reading.awaitArrival();
		this.client.connection().vanish(null);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done));
		assertThat(TestEngine.join(reason)).isEqualTo(DisconnectReason.CLIENT_GONE);
		bytes.close();
	}

	@Test
	void failureOfTheSourceCompletesTheFuture() {
		IOException failure = new IOException("no more");
		CompletableFuture<Void> done = this.session.stream(new InputStream() {

			private boolean first = true;

			@Override
			public int read() throws IOException {
				throw failure;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				if (!this.first) {
					throw failure;
				}
				this.first = false;
				bytes[offset] = 'a';
				return 1;
			}

		});
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> TestEngine.join(done))
			.withCause(failure);
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: stream\nid: ~\ndata: a\n\n");
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void slowReaderHoldsTheSource() {
		AtomicLong read = new AtomicLong();
		InputStream endless = new InputStream() {

			@Override
			public int read() {
				return (read.incrementAndGet() > 10_000_000) ? -1 : 'x';
			}

			@Override
			public int available() {
				return 1;
			}

		};
		this.client.connection().fill();
		CompletableFuture<Void> done = this.session.stream(endless);
		TestEngine.await().until(() -> read.get() >= 64 * 1024);
		assertThat(read.get()).isLessThanOrEqualTo(64 * 1024 + 2 * 8192);
		this.client.connection().drain();
		TestEngine.join(done);
		assertThat(this.client.received().chars().filter((c) -> c == 'x')).hasSize(10_000_000);
	}

	private void awaitReceived(String expected) {
		TestEngine.await().until(() -> Wire.masked(this.client.received()).equals(expected));
	}

	/** Blocks in a read until it is closed. */
	private static final class BlockingBytes extends InputStream {

		final Gate reading = new Gate();

		final AtomicInteger closed = new AtomicInteger();

		@Override
		public int read() {
			this.reading.pass();
			return -1;
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
			this.reading.open();
		}

	}

}
