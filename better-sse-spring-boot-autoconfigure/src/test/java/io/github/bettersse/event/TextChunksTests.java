package io.github.bettersse.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Text comes in the pieces of its source, but no piece ends within a character.
 */
class TextChunksTests {

	/**
	 * Characters of one to four bytes, of one and two chars, a combining one, line ends.
	 */
	private static final String TEXT = "a\u00E9\u20AC\uD83D\uDE00e\u0301\r\n\uFEFF\uD834\uDD1Ez\u0000";

	@Test
	void bytesAreCutAnywhereButInACharacter() {
		byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second++) {
				List<String> chunks = all(TextChunks.of(new PiecesOfBytes(bytes, first, second)));
				assertThat(String.join("", chunks)).isEqualTo(TEXT);
				assertThat(chunks).noneMatch(String::isEmpty).allSatisfy(TextChunksTests::assertWhole);
			}
		}
	}

	@Test
	void bytesMayComeOneByOne() {
		byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
		int[] everywhere = new int[bytes.length];
		Arrays.setAll(everywhere, (i) -> i + 1);
		List<String> chunks = all(TextChunks.of(new PiecesOfBytes(bytes, everywhere)));
		assertThat(chunks).containsExactly("a", "\u00E9", "\u20AC", "\uD83D\uDE00", "e", "\u0301", "\r", "\n", "\uFEFF",
				"\uD834\uDD1E", "z", "\u0000");
	}

	@Test
	void charactersAreCutAnywhereButInAPair() {
		for (int first = 0; first <= TEXT.length(); first++) {
			for (int second = first; second <= TEXT.length(); second++) {
				List<String> chunks = all(TextChunks.of(new PiecesOfText(TEXT, first, second)));
				assertThat(String.join("", chunks)).isEqualTo(TEXT);
				assertThat(chunks).noneMatch(String::isEmpty).allSatisfy(TextChunksTests::assertWhole);
			}
		}
	}

	@Property(tries = 200)
	void textOfAnyLengthIsReadWhole(@ForAll("texts") String text, @ForAll @IntRange(max = 20_000) int cut) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		List<String> ofBytes = all(TextChunks.of(new PiecesOfBytes(bytes, Math.min(cut, bytes.length))));
		assertThat(String.join("", ofBytes)).isEqualTo(text);
		assertThat(ofBytes).allSatisfy(TextChunksTests::assertWhole);
		List<String> ofText = all(TextChunks.of(new PiecesOfText(text, Math.min(cut, text.length()))));
		assertThat(String.join("", ofText)).isEqualTo(text);
		assertThat(ofText).allSatisfy(TextChunksTests::assertWhole);
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.of("a", "\u00E9", "\u20AC", "\uD83D\uDE00", "abcdefghij\uD834\uDD1E", "\n")
			.list()
			.ofMinSize(1)
			.ofMaxSize(20)
			.map((parts) -> String.join("", parts).repeat(500));
	}

	@Test
	void pairAtTheEndOfTheLargestPieceStaysTogether() {
		String text = "x".repeat(8191) + "\uD83D\uDE00" + "y".repeat(8191) + "\uD83D\uDE00";
		assertThat(all(TextChunks.of(new StringReader(text)))).containsExactly("x".repeat(8191),
				"\uD83D\uDE00" + "y".repeat(8190), "y\uD83D\uDE00");
	}

	@Test
	void malformedBytesBecomeReplacementCharacters() {
		byte[] bytes = { 'a', (byte) 0xFF, (byte) 0xE2, (byte) 0x82, 'b', (byte) 0xF0, (byte) 0x9F };
		assertThat(String.join("", all(TextChunks.of(new PiecesOfBytes(bytes, 3))))).isEqualTo("a\uFFFD\uFFFDb\uFFFD");
	}

	@Test
	void halfAPairAtTheEndIsNotLost() {
		assertThat(all(TextChunks.of(new StringReader("a\uD83D")))).containsExactly("a", "\uD83D");
		assertThat(all(TextChunks.of(new StringReader("\uD83D\uD83D\uDE00")))).containsExactly("\uD83D\uD83D\uDE00");
	}

	@Test
	void emptySourcesHaveNoPieces() {
		assertThat(all(TextChunks.of(InputStream.nullInputStream()))).isEmpty();
		assertThat(all(TextChunks.of(new StringReader("")))).isEmpty();
		TextChunks chunks = TextChunks.of(new StringReader(""));
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(chunks::next);
	}

	@Test
	void readerThatReadsNothingIsAskedAgain() {
		assertThat(all(TextChunks.of(new PiecesOfText("ab", 0, 0, 1, 1)))).containsExactly("a", "b");
	}

	@Test
	void pieceIsThereWithoutWaitingForTheNext() throws IOException {
		try (PipedOutputStream out = new PipedOutputStream(); PipedInputStream in = new PipedInputStream(out)) {
			TextChunks chunks = TextChunks.of(in);
			for (String piece : List.of("first", "second \u20AC")) {
				out.write(piece.getBytes(StandardCharsets.UTF_8));
				assertThat(chunks.next()).isEqualTo(piece);
			}
			out.close();
			assertThat(chunks.hasNext()).isFalse();
		}
	}

	@Test
	void failureOfTheSourceIsThrown() {
		IOException failure = new IOException("no more");
		TextChunks chunks = TextChunks.of(new InputStream() {

			@Override
			public int read() throws IOException {
				throw failure;
			}

		});
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(chunks::hasNext).withCause(failure);
	}

	@Test
	void closeClosesTheSource() {
		AtomicInteger closed = new AtomicInteger();
		TextChunks.of(new ByteArrayInputStream(new byte[0]) {

			@Override
			public void close() {
				closed.incrementAndGet();
			}

		}).close();
		assertThat(closed).hasValue(1);
		TextChunks.of(new StringReader("") {

			@Override
			public void close() {
				closed.incrementAndGet();
			}

		}).close();
		assertThat(closed).hasValue(2);
	}

	@Test
	void closeThatFailsIsThrown() {
		IOException failure = new IOException("stuck");
		TextChunks chunks = TextChunks.of(new InputStream() {

			@Override
			public int read() {
				return -1;
			}

			@Override
			public void close() throws IOException {
				throw failure;
			}

		});
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(chunks::close).withCause(failure);
	}

	@Test
	void closeReachesASourceThatIsBeingRead() throws Exception {
		BlockingBytes bytes = new BlockingBytes();
		TextChunks chunks = TextChunks.of(bytes);
		ExecutorService reader = Executors.newSingleThreadExecutor();
		try {
			Future<Boolean> read = reader.submit(chunks::hasNext);
			assertThat(bytes.reading.await(20, TimeUnit.SECONDS)).isTrue();
			chunks.close();
			assertThat(read.get(20, TimeUnit.SECONDS)).isFalse();
		}
		finally {
			bytes.close();
			reader.shutdown();
		}
	}

	private static List<String> all(TextChunks chunks) {
		List<String> all = new ArrayList<>();
		chunks.forEachRemaining(all::add);
		return all;
	}

	private static void assertWhole(String chunk) {
		assertThat(Character.isLowSurrogate(chunk.charAt(0))).isFalse();
		assertThat(Character.isHighSurrogate(chunk.charAt(chunk.length() - 1))).isFalse();
		assertThat(chunk).doesNotContain("\uFFFD");
	}

	/** Blocks in a read until it is closed. */
	private static final class BlockingBytes extends InputStream {

		final CountDownLatch reading = new CountDownLatch(1);

		private final CountDownLatch closed = new CountDownLatch(1);

		@Override
		public int read() {
			this.reading.countDown();
			try {
				return this.closed.await(20, TimeUnit.SECONDS) ? -1 : 0;
			}
			catch (InterruptedException ex) {
				return -1;
			}
		}

		@Override
		public void close() {
			this.closed.countDown();
		}

	}

}
