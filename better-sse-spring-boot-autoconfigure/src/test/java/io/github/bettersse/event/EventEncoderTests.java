package io.github.bettersse.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.bettersse.SseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * The wire format, by whole bytes.
 */
class EventEncoderTests {

	private static final String POSITION = "0abcdefghz-42";

	private final EventEncoder encoder = new EventEncoder(DataSerializer.ofText((data) -> "<" + data + ">"));

	@ParameterizedTest
	@MethodSource("io.github.bettersse.event.WireTable#rows")
	void encodes(SseEvent event, @Nullable String id, String wire) {
		assertWire(this.encoder.encode(event, id), wire);
	}

	@Test
	void writesWholeMilliseconds() {
		assertWire(this.encoder.encode(SseEvent.empty().retry(Duration.ofNanos(1_999_999)), null), "retry: 1\n\n");
	}

	@Test
	void writesTheIdThatItIsToldAndNotThatOfTheEvent() {
		SseEvent event = SseEvent.of("a").id("given");
		assertWire(this.encoder.encode(event, null), "data: <a>\n\n");
		assertWire(this.encoder.encode(event, POSITION), "id: " + POSITION + "\ndata: <a>\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "\uDE00" })
	void replacesALoneSurrogateInEveryField(String lone) {
		SseEvent event = SseEvent.raw(lone).name(lone).comment(lone);
		assertWire(this.encoder.encode(event, lone), ": \uFFFD\nevent: \uFFFD\nid: \uFFFD\ndata: \uFFFD\n\n");
	}

	@Test
	void replacesOnlySurrogatesWithoutAPartner() {
		assertWire(this.encoder.encode(SseEvent.raw("\uDE00\uD83D\uDE00\uD83D\uD83D"), null),
				"data: \uFFFD\uD83D\uDE00\uFFFD\uFFFD\n\n");
	}

	@Test
	void writesTheReplacementAsThreeBytes() {
		assertThat(this.encoder.encode(SseEvent.raw("\uD83D"), null).toByteArray()).containsExactly('d', 'a', 't', 'a',
				':', ' ', 0xEF, 0xBF, 0xBD, '\n', '\n');
	}

	@Test
	void encodesAVeryLongLine() {
		String text = "x".repeat(3_000_000);
		assertThat(this.encoder.encode(SseEvent.raw(text), null).toString()).isEqualTo("data: " + text + "\n\n");
	}

	@Test
	void encodesVeryManyLines() {
		assertThat(this.encoder.encode(SseEvent.raw("x\n".repeat(100_000)), null).toString())
			.isEqualTo("data: x\n".repeat(100_000) + "data: \n\n");
	}

	/** Room is made by how many lines there are at the begin. */
	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void encodesLinesThatAreNotAsLongAsTheFirst(String lineEnd) {
		String shortLines = "ab" + (lineEnd + "c").repeat(2000);
		String longLine = "d".repeat(5000);
		String expected = "data: ab\n" + "data: c\n".repeat(2000);
		assertWire(this.encoder.encode(SseEvent.raw(longLine + lineEnd + shortLines), null),
				"data: " + longLine + "\n" + expected + "\n");
		assertWire(this.encoder.encode(SseEvent.raw(shortLines + lineEnd + longLine), null),
				expected + "data: " + longLine + "\n\n");
	}

	@Test
	void reportsTheIdAsTheLast() {
		EncodedEvent encoded = this.encoder.encode(SseEvent.of("a").id("given"));
		assertThat(encoded.withId(null).getLastId()).isNull();
		assertThat(encoded.withId("").getLastId()).isEmpty();
		assertThat(encoded.withId(POSITION).getLastId()).isEqualTo(POSITION);
		assertThat(encoded.withId("\uD83D").getLastId()).isEqualTo("\uFFFD");
	}

	@Test
	void serialisesOnceHoweverManyTheIds() {
		AtomicInteger calls = new AtomicInteger();
		EventEncoder counting = new EventEncoder((data) -> ascii("call " + calls.incrementAndGet()));
		EncodedEvent encoded = counting.encode(SseEvent.of("a").name("n").retry(Duration.ofMillis(5)));
		assertWire(encoded.withId("1"), "event: n\nid: 1\nretry: 5\ndata: call 1\n\n");
		assertWire(encoded.withId("22"), "event: n\nid: 22\nretry: 5\ndata: call 1\n\n");
		assertWire(encoded.withId(null), "event: n\nretry: 5\ndata: call 1\n\n");
		assertThat(encoded.size()).isEqualTo("event: n\nretry: 5\ndata: call 1\n\n".length());
		assertThat(calls).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r", "\u0000", "7\n\ndata: forged" })
	void refusesAnIdThatWouldBreakTheStream(String id) {
		EncodedEvent encoded = this.encoder.encode(SseEvent.of("a"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> encoded.withId(id));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.encoder.encode(SseEvent.of("a"), id));
	}

	@Test
	void neverGivesRawTextOrNoDataToTheSerializer() {
		EventEncoder strict = new EventEncoder((data) -> {
			throw new AssertionError("called with " + data);
		});
		assertWire(strict.encode(SseEvent.raw("a"), null), "data: a\n\n");
		assertWire(strict.encode(SseEvent.empty(), null), "\n");
	}

	@Test
	void passesBytesOfTheSerializerOnEvenIfMalformed() {
		EventEncoder malformed = new EventEncoder((data) -> new byte[] { (byte) 0xC3, '\n', (byte) 0x80 });
		assertThat(malformed.encode(SseEvent.of("a"), null).toByteArray()).containsExactly('d', 'a', 't', 'a', ':', ' ',
				0xC3, '\n', 'd', 'a', 't', 'a', ':', ' ', 0x80, '\n', '\n');
	}

	@Test
	void wrapsAFailureOfTheSerializer() {
		IllegalStateException failure = new IllegalStateException("no");
		EventEncoder failing = new EventEncoder((data) -> {
			throw failure;
		});
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> failing.encode(SseEvent.of("a")))
			.withMessage("Cannot serialize data of class java.lang.String")
			.withCause(failure);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> failing.encode(SseEvent.of(null)))
			.withMessage("Cannot serialize data of null");
	}

	@Test
	void passesAnSseExceptionOfTheSerializerOn() {
		SseException failure = new SseException("no");
		EventEncoder failing = new EventEncoder((data) -> {
			throw failure;
		});
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> failing.encode(SseEvent.of("a")))
			.isSameAs(failure);
	}

	@Test
	@SuppressWarnings("NullAway")
	void refusesASerializerThatReturnsNull() {
		EventEncoder broken = new EventEncoder((data) -> null);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> broken.encode(SseEvent.of("a")))
			.havingCause()
			.withMessage("the serializer returned null");
		assertThatNullPointerException().isThrownBy(() -> new EventEncoder(null));
	}

	private static void assertWire(Frame frame, String expected) {
		assertThat(frame.toString()).isEqualTo(expected);
		assertThat(frame.toByteArray()).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
