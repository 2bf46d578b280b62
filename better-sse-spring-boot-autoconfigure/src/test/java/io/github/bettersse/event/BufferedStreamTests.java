package io.github.bettersse.event;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.bettersse.SseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The text of bytes and characters in an {@link EventBuffer}.
 */
class BufferedStreamTests {

	private final EventBuffer buffer = EventBuffer.using(DataSerializer.ofText((data) -> "<" + data + ">"));

	static Stream<Arguments> streamIsWritten() {
		// Cut inside of é, and inside of the surrogate pair.
		byte[] bytes = "aé😀\nb".getBytes(StandardCharsets.UTF_8);
		String unnamed = "event: stream\ndata: <a>\n\nevent: stream\ndata: <é>\n\nevent: stream\ndata: <😀\ndata: b>\n\n";
		return Stream.of(writing((buffer) -> buffer.stream(new PiecesOfBytes(bytes, 2, 4)), unnamed),
				writing((buffer) -> buffer.stream(new PiecesOfBytes(bytes, 2, 4), "n"),
						unnamed.replace("event: stream", "event: n")),
				writing((buffer) -> buffer.stream(new PiecesOfText("aé😀\nb", 1, 3)),
						"event: stream\ndata: <a>\n\nevent: stream\ndata: <é>\n\nevent: stream\ndata: <😀\ndata: b>\n\n"),
				writing((buffer) -> buffer.stream(new StringReader("a"), "n"), "event: n\ndata: <a>\n\n"),
				writing((buffer) -> buffer.stream(new StringReader("")), ""),
				writing((buffer) -> buffer.id("7").stream(new StringReader("a")),
						"id: 7\nevent: stream\ndata: <a>\n\n"));
	}

	private static Arguments writing(Consumer<EventBuffer> writer, String expected) {
		return arguments(writer, expected);
	}

	@ParameterizedTest
	@MethodSource
	void streamIsWritten(Consumer<EventBuffer> writer, String expected) {
		writer.accept(this.buffer);
		assertThat(this.buffer.read()).isEqualTo(expected);
	}

	@Test
	void sourceIsClosed() {
		AtomicInteger closed = new AtomicInteger();
		this.buffer.stream(bytes(closed)).stream(bytes(closed), "n").stream(text(closed)).stream(text(closed), "n");
		assertThat(closed).hasValue(4);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.buffer.stream(bytes(closed), "\n"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.buffer.stream(text(closed), "\n"));
		assertThat(closed).hasValue(6);
	}

	@Test
	void whatCameBeforeAFailureIsWritten() {
		IOException failure = new IOException("gone");
		InputStream failing = new FilterInputStream(new ByteArrayInputStream(new byte[] { 'a' })) {
			@Override
			public int read(byte[] target, int offset, int length) throws IOException {
				int read = super.read(target, offset, length);
				if (read < 0) {
					throw failure;
				}
				return read;
			}
		};
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.buffer.stream(failing))
			.withCause(failure);
		assertThat(this.buffer.read()).isEqualTo("event: stream\ndata: <a>\n\n");
	}

	private static InputStream bytes(AtomicInteger closed) {
		return new FilterInputStream(new ByteArrayInputStream(new byte[] { 'a' })) {
			@Override
			public void close() {
				closed.incrementAndGet();
			}
		};
	}

	private static Reader text(AtomicInteger closed) {
		return new FilterReader(new StringReader("a")) {
			@Override
			public void close() {
				closed.incrementAndGet();
			}
		};
	}

}
