package io.github.bettersse.event;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.bettersse.SseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class EventBufferTests {

	private final EventBuffer buffer = EventBuffer.using(DataSerializer.ofText((data) -> "<" + data + ">"));

	@ParameterizedTest
	@MethodSource
	void writes(Consumer<EventBuffer> writer, String expected) {
		writer.accept(this.buffer);
		assertThat(this.buffer.read()).isEqualTo(expected);
	}

	static Stream<Arguments> writes() {
		return Stream.of(
				// Every field alone
				writing((buffer) -> buffer.event("n"), "event: n\n"),
				writing((buffer) -> buffer.event("message"), "event: message\n"),
				writing((buffer) -> buffer.event(""), ""), writing((buffer) -> buffer.data("a"), "data: <a>\n"),
				writing((buffer) -> buffer.data(""), "data: <>\n"),
				writing((buffer) -> buffer.data(null), "data: null\n"),
				writing((buffer) -> buffer.data("a\nb\rc\r\nd"), "data: <a\ndata: b\ndata: c\ndata: d>\n"),
				writing((buffer) -> buffer.data(SseEvent.raw("a\n").name("n")), "data: a\ndata: \n"),
				writing((buffer) -> buffer.data(SseEvent.empty()), ""), writing((buffer) -> buffer.id("7"), "id: 7\n"),
				writing((buffer) -> buffer.id(""), "id:\n"),
				writing((buffer) -> buffer.retry(Duration.ofSeconds(2)), "retry: 2000\n"),
				writing((buffer) -> buffer.comment("c"), ": c\n"), writing((buffer) -> buffer.comment(""), ": \n"),
				writing((buffer) -> buffer.comment("x\ndata: y"), ": x\n: data: y\n"),
				writing((buffer) -> buffer.dispatch(), "\n"), writing((buffer) -> {
				}, ""),
				// Together, in the order given
				writing((buffer) -> buffer.data("a")
					.retry(Duration.ZERO)
					.id("7")
					.event("n")
					.comment("c")
					.data("b")
					.dispatch()
					.data("c")
					.dispatch(), "data: <a>\nretry: 0\nid: 7\nevent: n\n: c\ndata: <b>\n\ndata: <c>\n\n"),
				// Push
				writing((buffer) -> buffer.push("a"), "data: <a>\n\n"),
				writing((buffer) -> buffer.push(null), "data: null\n\n"),
				writing((buffer) -> buffer.push("a", "n"), "event: n\ndata: <a>\n\n"),
				writing((buffer) -> buffer.push("a", "message"), "event: message\ndata: <a>\n\n"),
				writing((buffer) -> buffer.push(null, ""), "data: null\n\n"),
				writing((buffer) -> buffer.push("a", "n", "7"), "event: n\nid: 7\ndata: <a>\n\n"),
				writing((buffer) -> buffer.push("a", "n", ""), "event: n\nid:\ndata: <a>\n\n"),
				writing((buffer) -> buffer
					.push(SseEvent.raw("a\nb").retry(Duration.ZERO).id("7").name("message").comment("c")),
						": c\nevent: message\nid: 7\nretry: 0\ndata: a\ndata: b\n\n"),
				writing((buffer) -> buffer.push(SseEvent.empty().id("7")), "id: 7\n\n"),
				writing((buffer) -> buffer.push((Object) SseEvent.raw("a").name("n")), "event: n\ndata: a\n\n"),
				writing((buffer) -> buffer.push(SseEvent.raw("a").name("n").id("1"), "m", "2"),
						"event: m\nid: 2\ndata: a\n\n"),
				writing((buffer) -> buffer.id("7").push("a"), "id: 7\ndata: <a>\n\n"),
				// Iterate
				writing((buffer) -> buffer.iterate(Arrays.asList("a", null)),
						"event: iteration\ndata: <a>\n\nevent: iteration\ndata: null\n\n"),
				writing((buffer) -> buffer.iterate(List.of("a"), "n"), "event: n\ndata: <a>\n\n"),
				writing((buffer) -> buffer.iterate(List.of("a").iterator()), "event: iteration\ndata: <a>\n\n"),
				writing((buffer) -> buffer.iterate(List.of("a").iterator(), "n"), "event: n\ndata: <a>\n\n"),
				writing((buffer) -> buffer.iterate(Stream.of("a")), "event: iteration\ndata: <a>\n\n"),
				writing((buffer) -> buffer.iterate(Stream.of("a"), "n"), "event: n\ndata: <a>\n\n"),
				writing((buffer) -> buffer.iterate(List.of(SseEvent.raw("a").id("7"))), "id: 7\ndata: a\n\n"),
				writing((buffer) -> buffer.iterate(List.of(SseEvent.raw("a").name("m")), "n"), "event: n\ndata: a\n\n"),
				writing((buffer) -> buffer.iterate(List.of()), ""));
	}

	private static Arguments writing(Consumer<EventBuffer> writer, String expected) {
		return arguments(writer, expected);
	}

	@Test
	void readKeepsTheContent() {
		this.buffer.push("é");
		assertThat(this.buffer.read()).isEqualTo("data: <é>\n\n").isEqualTo(this.buffer.read());
	}

	@Test
	void clearForgetsAll() {
		this.buffer.id("7").push("a").clear();
		assertThat(this.buffer.read()).isEmpty();
		assertThat(this.buffer.toFrame().size()).isZero();
		assertThat(this.buffer.toFrame().getLastId()).isNull();
		assertThat(this.buffer.push("b").read()).isEqualTo("data: <b>\n\n");
	}

	@Test
	void aFrameEndsAnUnfinishedEvent() {
		this.buffer.push("a").data("b");
		assertThat(this.buffer.toFrame()).hasToString("data: <a>\n\ndata: <b>\n\n");
		assertThat(this.buffer.data("c").read()).isEqualTo("data: <a>\n\ndata: <b>\ndata: <c>\n");
	}

	@Test
	void aFrameAddsNothingToAFinishedEvent() {
		assertThat(this.buffer.toFrame()).hasToString("");
		assertThat(this.buffer.dispatch().toFrame()).hasToString("\n");
		assertThat(this.buffer.data("a").dispatch().toFrame()).hasToString("\ndata: <a>\n\n");
		assertThat(this.buffer.dispatch().toFrame()).hasToString("\ndata: <a>\n\n\n");
		assertThat(this.buffer.comment("").toFrame()).hasToString("\ndata: <a>\n\n\n: \n\n");
	}

	@Test
	void aFrameDoesNotChangeWithTheBuffer() {
		Frame frame = this.buffer.push("a").toFrame();
		this.buffer.clear().push("b");
		assertThat(frame).hasToString("data: <a>\n\n");
	}

	@Test
	void aFrameKnowsTheLastIdWritten() {
		assertThat(this.buffer.push("a").toFrame().getLastId()).isNull();
		assertThat(this.buffer.push("a", "n", "1").toFrame().getLastId()).isEqualTo("1");
		assertThat(this.buffer.id("2").toFrame().getLastId()).isEqualTo("2");
		assertThat(this.buffer.push("a").toFrame().getLastId()).isEqualTo("2");
		assertThat(this.buffer.push(SseEvent.of("a").id("3")).toFrame().getLastId()).isEqualTo("3");
		assertThat(this.buffer.id("").toFrame().getLastId()).isEmpty();
		assertThat(this.buffer.id("\uD83D").toFrame().getLastId()).isEqualTo("\uFFFD");
	}

	@Test
	void growsAsEventsOfManyLinesNeed() {
		String lines = "a\n".repeat(500) + "b".repeat(2000) + "\nc".repeat(500);
		String wire = "data: a\n".repeat(500) + "data: " + "b".repeat(2000) + "\n" + "data: c\n".repeat(500) + "\n";
		SseEvent event = SseEvent.raw(lines);
		this.buffer.push(event).push(event).push(event);
		assertThat(this.buffer.read()).isEqualTo(wire.repeat(3));
	}

	@Test
	void growsAsNeeded() {
		for (int i = 0; i < 10_000; i++) {
			this.buffer.push("x");
		}
		assertThat(this.buffer.read()).isEqualTo("data: <x>\n\n".repeat(10_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r", "\u0000" })
	void refusesLineEndsAndNul(String value) {
		assertRefused(() -> this.buffer.event(value));
		assertRefused(() -> this.buffer.id(value));
		assertRefused(() -> this.buffer.push("a", value));
		assertRefused(() -> this.buffer.push("a", "n", value));
		assertRefused(() -> this.buffer.iterate(List.of(), value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abcdefghij-1", "~x" })
	void refusesGeneratedIds(String id) {
		assertRefused(() -> this.buffer.id(id));
		assertRefused(() -> this.buffer.push("a", "n", id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-0.001S", "PT2147483.648S" })
	void refusesARetryOutOfRange(Duration retry) {
		assertRefused(() -> this.buffer.retry(retry));
	}

	@Test
	void writesNothingOfAnEventThatCannotBeSerialised() {
		EventBuffer failing = EventBuffer.using(DataSerializer.ofText((data) -> {
			throw new IllegalStateException();
		}));
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> failing.push(SseEvent.of("a").name("n").comment("c").id("7")));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> failing.data("a"));
		assertThat(failing.read()).isEmpty();
		assertThat(failing.toFrame().getLastId()).isNull();
	}

	@Test
	void closesAStream() {
		AtomicInteger closed = new AtomicInteger();
		this.buffer.iterate(Stream.of("a").onClose(closed::incrementAndGet));
		this.buffer.iterate(Stream.of("a").onClose(closed::incrementAndGet), "n");
		assertThat(closed).hasValue(2);
		Stream<String> failing = Stream.of("a").peek((item) -> {
			throw new IllegalStateException();
		}).onClose(closed::incrementAndGet);
		assertThatIllegalStateException().isThrownBy(() -> this.buffer.iterate(failing));
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.buffer.iterate(Stream.of("a").onClose(closed::incrementAndGet), "\n"));
		assertThat(closed).hasValue(4);
	}

	@Test
	@SuppressWarnings("NullAway")
	void refusesNull() {
		assertThatNullPointerException().isThrownBy(() -> EventBuffer.using(null));
		assertThatNullPointerException().isThrownBy(() -> this.buffer.event(null));
		assertThatNullPointerException().isThrownBy(() -> this.buffer.id(null));
		assertThatNullPointerException().isThrownBy(() -> this.buffer.retry(null));
		assertThatNullPointerException().isThrownBy(() -> this.buffer.comment(null));
		assertThatNullPointerException().isThrownBy(() -> this.buffer.push("a", null));
		assertThatNullPointerException().isThrownBy(() -> this.buffer.push("a", "n", null));
		assertThat(this.buffer.read()).isEmpty();
	}

	private void assertRefused(Runnable write) {
		assertThatExceptionOfType(SseException.class).isThrownBy(write::run);
		assertThat(this.buffer.read()).isEmpty();
	}

}
