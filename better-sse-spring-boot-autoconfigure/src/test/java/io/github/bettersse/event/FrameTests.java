package io.github.bettersse.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FrameTests {

	private final EventEncoder encoder = new EventEncoder(DataSerializer.ofText(Object::toString));

	@Test
	void keepAliveIsAnEmptyComment() {
		assertThat(Frame.KEEP_ALIVE.toByteArray()).containsExactly(':', '\n', '\n');
		assertThat(Frame.KEEP_ALIVE.getLastId()).isNull();
	}

	@Test
	void commentsAreSplitIntoLines() {
		assertThat(Frame.comment("x\ndata: y")).hasToString(": x\n: data: y\n\n");
		assertThat(Frame.comment("\u00E9\uD83D")).hasToString(": \u00E9\uFFFD\n\n");
		assertThat(Frame.comment("")).hasToString(": \n\n");
		assertThat(Frame.comment("x").getLastId()).isNull();
	}

	@Test
	void paddingIsOneComment() {
		assertThat(Frame.comment(" ".repeat(2048)).size()).isEqualTo(2052);
	}

	@Test
	void sizeCountsBytes() {
		assertThat(this.encoder.encode(SseEvent.of("é"), null).size()).isEqualTo("data: 12\n\n".length());
	}

	@Test
	void writesWithOneCall() throws IOException {
		List<String> written = new ArrayList<>();
		Frame frame = this.encoder.encode(SseEvent.of("é"), "7");
		frame.writeTo(new OutputStream() {

			@Override
			public void write(int b) {
				throw new AssertionError("written byte by byte");
			}

			@Override
			public void write(byte[] bytes, int offset, int length) {
				written.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
			}

			@Override
			public void flush() {
				throw new AssertionError("flushed");
			}

		});
		assertThat(written).containsExactly("id: 7\ndata: é\n\n");
	}

	@Test
	void writesWhatTheCopyAndTheBufferHold() throws IOException {
		Frame frame = this.encoder.encode(SseEvent.of("é"), "7");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		frame.writeTo(out);
		byte[] buffered = new byte[frame.size()];
		frame.asByteBuffer().get(buffered);
		assertThat(out.toByteArray()).isEqualTo(frame.toByteArray()).isEqualTo(buffered);
	}

	@Test
	void cannotBeChanged() {
		Frame frame = this.encoder.encode(SseEvent.of("a"), null);
		frame.toByteArray()[0] = 'x';
		ByteBuffer buffer = frame.asByteBuffer();
		assertThat(buffer.isReadOnly()).isTrue();
		assertThat(buffer.hasArray()).isFalse();
		buffer.get();
		assertThat(frame.asByteBuffer().remaining()).isEqualTo(frame.size());
		assertThat(frame).hasToString("data: a\n\n");
	}

	@Test
	void doesNotChangeWithTheArrayOfTheSerializer() {
		byte[] kept = { 'a' };
		Frame frame = new EventEncoder((data) -> kept).encode(SseEvent.of("a"), null);
		kept[0] = 'b';
		assertThat(frame).hasToString("data: a\n\n");
	}

	@Test
	void joinsInOrder() {
		Frame joined = Frame.join(List.of(this.encoder.encode(SseEvent.of("a"), "1"), Frame.KEEP_ALIVE,
				this.encoder.encode(SseEvent.of("b"), "2"), this.encoder.encode(SseEvent.of("c"), null)));
		assertThat(joined).hasToString("id: 1\ndata: a\n\n:\n\nid: 2\ndata: b\n\ndata: c\n\n");
		assertThat(joined.getLastId()).isEqualTo("2");
	}

	@Test
	void joinsOneToItself() {
		Frame frame = this.encoder.encode(SseEvent.of("a"), "1");
		assertThat(Frame.join(List.of(frame))).isSameAs(frame);
	}

	@Test
	void joinsNoneToNothing() {
		assertThat(Frame.join(List.of()).size()).isZero();
		assertThat(Frame.join(List.of()).getLastId()).isNull();
	}

	@Test
	void joinsAResetOfTheIdAsTheLast() {
		assertThat(Frame.join(List.of(this.encoder.encode(SseEvent.of("a"), "1"),
				this.encoder.encode(SseEvent.empty(), ""), Frame.KEEP_ALIVE))
			.getLastId()).isEmpty();
		assertThat(Frame.join(List.of(Frame.KEEP_ALIVE, Frame.KEEP_ALIVE)).getLastId()).isNull();
	}

	@Test
	void losesItsIdAndNothingElse() {
		assertWithoutId(SseEvent.raw("x"), "data: x\n\n");
		assertWithoutId(SseEvent.raw("id: 9\nid: 8").name("id: 9"), "event: id: 9\ndata: id: 9\ndata: id: 8\n\n");
		assertWithoutId(SseEvent.raw("x").comment("id: 9\nc"), ": id: 9\n: c\ndata: x\n\n");
		assertWithoutId(SseEvent.empty().retry(Duration.ofSeconds(1)), "retry: 1000\n\n");
		assertWithoutId(SseEvent.empty(), "\n");
	}

	private void assertWithoutId(SseEvent event, String expected) {
		for (String id : List.of("7", "", "\u00e9\ud83d\ude00")) {
			Frame with = this.encoder.encode(event, id);
			String before = with.toString();
			Frame without = with.withoutId();
			assertThat(without).hasToString(expected);
			assertThat(without.size()).isEqualTo(expected.length());
			assertThat(without.getLastId()).isNull();
			assertThat(without.getName()).isEqualTo(with.getName());
			assertThat(with).hasToString(before);
			assertThat(with.getLastId()).isEqualTo(id);
			assertThat(without.withoutId()).isSameAs(without);
		}
	}

	@Test
	void withoutAnIdThereIsNothingToLose() {
		assertThat(Frame.KEEP_ALIVE.withoutId()).isSameAs(Frame.KEEP_ALIVE);
		Frame joined = Frame.join(List.of(Frame.KEEP_ALIVE, this.encoder.encode(SseEvent.of("a"), null)));
		assertThat(joined.withoutId()).isSameAs(joined);
	}

	@Test
	void severalEventsDoNotLoseTheirIds() {
		Frame joined = Frame.join(List.of(Frame.KEEP_ALIVE, this.encoder.encode(SseEvent.of("a"), "1")));
		assertThatIllegalStateException().isThrownBy(joined::withoutId);
		assertThatIllegalStateException().isThrownBy(joined.asControl()::withoutId);
	}

	@Test
	void controlFrameStaysOneWithoutItsId() {
		Frame control = this.encoder.encode(SseEvent.raw("a").name("n"), "1").asControl();
		assertThat(control.withoutId().isControl()).isTrue();
		assertThat(control.withoutId()).hasToString("event: n\ndata: a\n\n");
		assertThat(this.encoder.encode(SseEvent.raw("a"), "1").withoutId().isControl()).isFalse();
	}

}
