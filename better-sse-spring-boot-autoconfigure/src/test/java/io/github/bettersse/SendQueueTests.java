package io.github.bettersse;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits for one session, and how much of it may.
 */
class SendQueueTests {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private final SendQueue queue = new SendQueue(new QueueBound(100, OverflowStrategy.DISCONNECT),
			new WriteProgress(new ManualTimer(), EngineRecorder.disabled()), "first");

	@Test
	void framesComeOutInOrderAndJoined() {
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.poll(1000)).isNull();
		this.queue.offer(frame(10, null));
		this.queue.offer(frame(20, null));
		assertThat(this.queue.isEmpty()).isFalse();
		assertThat(this.queue.poll(1000)).hasToString(frame(10, null).toString() + frame(20, null));
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void soManyFramesAreJoinedAsFitIntoOneWrite() {
		for (int size : new int[] { 30, 30, 40 }) {
			this.queue.offer(frame(size, null));
		}
		assertThat(this.queue.poll(60).size()).isEqualTo(60);
		assertThat(this.queue.poll(10).size()).isEqualTo(40);
	}

	@Test
	void boundIsInclusive() {
		assertThat(this.queue.offer(frame(60, null))).isTrue();
		assertThat(this.queue.offer(frame(41, null))).isFalse();
		assertThat(this.queue.offer(frame(40, null))).isTrue();
		assertThat(this.queue.offer(frame(10, null))).isFalse();
		assertThat(this.queue.poll(1000).size()).isEqualTo(100);
		assertThat(this.queue.offer(frame(100, null))).isTrue();
	}

	@Test
	void anySizeFitsIntoAnEmptyQueue() {
		assertThat(this.queue.offer(frame(1000, null))).isTrue();
		assertThat(this.queue.offer(frame(10, null))).isFalse();
		assertThat(this.queue.poll(1).size()).isEqualTo(1000);
	}

	@Test
	void whatMustNotBeLostIsAddedBeyondTheBound() {
		this.queue.offer(frame(100, null));
		this.queue.offer(frame(50, null).asControl());
		assertThat(this.queue.poll(1000).size()).isEqualTo(150);
	}

	@Test
	void framesAreCounted() {
		this.queue.offer(frame(60, null));
		this.queue.offer(frame(60, null));
		this.queue.offer(frame(60, null).asControl());
		assertThat(this.queue.offered()).isEqualTo(2);
		assertThat(this.queue.gone()).isZero();
		this.queue.poll(1000);
		assertThat(this.queue.gone()).isEqualTo(2);
		this.queue.offer(frame(60, null).asControl());
		assertThat(this.queue.gone()).isEqualTo(2);
		this.queue.clear();
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.offered()).isEqualTo(3);
	}

	@Test
	void lastIdIsThatOfTheNewestFrameThatHasOne() {
		assertThat(this.queue.lastId()).isEqualTo("first");
		this.queue.offer(frame(60, "a"));
		assertThat(this.queue.lastId()).isEqualTo("a");
		this.queue.offer(frame(60, "rejected"));
		this.queue.offer(Frame.KEEP_ALIVE);
		assertThat(this.queue.lastId()).isEqualTo("a");
		this.queue.clear();
		this.queue.offer(frame(60, ""));
		assertThat(this.queue.lastId()).isEmpty();
	}

	private static Frame frame(int size, @Nullable String id) {
		int overhead = ENCODER.encode(SseEvent.raw(""), id).size();
		return ENCODER.encode(SseEvent.raw("x".repeat(size - overhead)), id);
	}

}
