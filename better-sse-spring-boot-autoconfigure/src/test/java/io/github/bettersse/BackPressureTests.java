package io.github.bettersse;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slow reader holds a source: it is taken from only as far as there is room.
 */
class BackPressureTests {

	private static final int WINDOW = 64 * 1024;

	/** An event of 1 KiB. */
	private static final SseEvent EVENT = SseEvent.raw("x".repeat(1024 - "id: 1\ndata: \n\n".length())).id("1");

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	@Test
	void noMoreThanTheWindowIsTakenBeforeTheSocketTakesIt() {
		TestClient<Object> client = this.engine.connect();
		client.connection().fill();
		TestItems items = events(10_000);
		CompletableFuture<Void> done = client.session().iterate(items);
		// The last one waits for its turn.
		items.awaitPulled(64 + 1);
		client.connection().during(Call.FLUSH, client.connection()::fill);
		client.connection().drain();
		assertThat(client.received()).hasSize(WINDOW);
		assertThat(items.pulled()).isEqualTo(64 + 1);
		client.connection().during(Call.FLUSH, client.connection()::fill);
		client.connection().drain();
		items.awaitPulled(2 * 64 + 1);
		assertThat(done).isNotDone();
		client.connection().drain();
		TestEngine.join(done);
		assertThat(items.pulled()).isEqualTo(10_000);
		assertThat(client.received()).hasSize(10_000 * 1024);
	}

	@ParameterizedTest
	@EnumSource
	void windowIsNoLargerThanTheQueue(OverflowStrategy overflow) {
		TestClient<Object> client = this.engine
			.connect(SessionOptions.builder().overflow(overflow).maxQueueSize(3 * 1024).build());
		client.connection().fill();
		TestItems items = events(100);
		CompletableFuture<Void> done = client.session().iterate(items);
		items.awaitPulled(3 + 1);
		this.engine.timer.advance(Duration.ofSeconds(29));
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		TestEngine.join(done);
		assertThat(client.received()).hasSize(100 * 1024);
		assertThat(client.session().getDroppedCount()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void itemsLargerThanTheQueueAreSentOneByOne(OverflowStrategy overflow) {
		TestClient<Object> client = this.engine
			.connect(SessionOptions.builder().overflow(overflow).maxQueueSize(100).build());
		client.connection().fill();
		TestItems items = events(100);
		CompletableFuture<Void> done = client.session().iterate(items);
		items.awaitPulled(1 + 1);
		this.engine.timer.advance(Duration.ofSeconds(29));
		client.connection().drain();
		TestEngine.join(done);
		assertThat(client.received()).hasSize(100 * 1024);
		assertThat(client.session().getDroppedCount()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void firstItemWaitsIfOthersHaveFilledTheQueue(OverflowStrategy overflow) {
		TestClient<Object> client = this.engine
			.connect(SessionOptions.builder().overflow(overflow).maxQueueSize(3 * 1024).build());
		client.connection().fill();
		client.session().push(EVENT).push(EVENT).push(EVENT);
		this.engine.timer.advance(Duration.ofSeconds(10));
		TestItems items = TestItems.numbers(3);
		CompletableFuture<Void> done = client.session().iterate(items);
		items.awaitPulled(1);
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		TestEngine.join(done);
		assertThat(client.received()).hasSize(3 * 1024 + Wire.of("1", "2", "3").length())
			.endsWith(Wire.of("1", "2", "3"));
		assertThat(client.session().getDroppedCount()).isZero();
	}

	@Test
	void sourceIsServedAlthoughTheReaderNeverCatchesUp() {
		TestClient<Object> client = this.engine
			.connect(SessionOptions.builder().overflow(OverflowStrategy.DROP_OLDEST).maxQueueSize(2 * 1024).build());
		client.connection().fill();
		client.connection().listener().onWritable();
		this.engine.timer.advance(Duration.ofSeconds(1));
		client.session().push(EVENT).push(EVENT).push(EVENT);
		TestItems items = TestItems.numbers(3);
		CompletableFuture<Void> done = client.session().iterate(items);
		items.awaitPulled(1);
		TestEngine.await().until(() -> {
			client.connection().during(Call.WRITE, () -> {
				client.connection().fill();
				client.session().push(EVENT).push(EVENT);
			});
			client.connection().drain();
			return done.isDone();
		});
		TestEngine.join(done);
		assertThat(client.session().getDroppedCount()).isPositive();
	}

	@Test
	void tenMillionItemsForASlowReaderStayAtTheirSource() {
		int count = 10_000_000;
		SseEvent event = Wire.event("1");
		long size = Wire.of("1").length();
		SlowConnection connection = new SlowConnection();
		AtomicLong furthest = new AtomicLong();
		TestItems items = new TestItems(count, (number) -> {
			long ahead = number - connection.written() / size;
			if (ahead > furthest.get()) {
				furthest.set(ahead);
			}
			return event;
		});
		SessionOpening<Object> opening = this.engine.engine.getSessionFactory()
			.prepare(connection, SessionOptions.builder().build());
		opening.complete();
		CompletableFuture<Void> done = opening.getSession().iterate(items);
		connection.readUntil(done);
		TestEngine.join(done);
		assertThat(items.pulled()).isEqualTo(count);
		assertThat(connection.written()).isEqualTo(count * size);
		assertThat(furthest).hasValueBetween(1L, WINDOW / size + 2);
		opening.getSession().close();
		connection.readUntil(connection.closed);
	}

	private static TestItems events(int count) {
		return new TestItems(count, (number) -> EVENT);
	}

	/** Takes one write, then nothing until its reader has come round. */
	private static final class SlowConnection implements Connection {

		final CompletableFuture<Void> closed = new CompletableFuture<>();

		private final AtomicLong written = new AtomicLong();

		private final Semaphore full = new Semaphore(0);

		private volatile boolean ready = true;

		private volatile @Nullable Listener listener;

		long written() {
			return this.written.get();
		}

		/** Read, one write after the other, until something is done. */
		void readUntil(CompletableFuture<?> done) {
			done.whenComplete((nothing, failure) -> this.full.release());
			awaitFull();
			while (!done.isDone()) {
				this.ready = true;
				this.listener.onWritable();
				awaitFull();
			}
		}

		private void awaitFull() {
			try {
				assertThat(this.full.tryAcquire(20, TimeUnit.SECONDS)).as("came in time").isTrue();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

		@Override
		public Handshake getHandshake() {
			return Handshake.builder("GET", URI.create("/sse")).build();
		}

		@Override
		public void open(ResponseHead head) {
		}

		@Override
		public void start(Listener listener) {
			this.listener = listener;
		}

		@Override
		public boolean isReady() {
			return this.ready;
		}

		@Override
		public void write(Frame frame) {
			this.written.addAndGet(frame.size());
			this.ready = false;
			this.full.release();
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
			this.closed.complete(null);
		}

		@Override
		public void abort(@Nullable IOException failure) {
			this.closed.complete(null);
		}

	}

}
