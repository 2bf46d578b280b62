package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventBuffer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a full queue does with one more frame.
 */
class SendQueueOverflowTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private final ManualTimer timer = new ManualTimer();

	private final WriteProgress progress = new WriteProgress(this.timer, EngineRecorder.disabled());

	@ParameterizedTest
	@EnumSource
	void framesComeOutInOrder(OverflowStrategy overflow) {
		SendQueue queue = queue(overflow, 3);
		assertThat(queue.isEmpty()).isTrue();
		assertThat(queue.poll(100)).isNull();
		assertThat(offer(queue, comment("a"), comment("b"), comment("c"))).isTrue();
		assertThat(queue.isEmpty()).isFalse();
		assertThat(queue.dropped()).isZero();
		assertThat(takeAll(queue)).isEqualTo(":    aaa\n\n:    bbb\n\n:    ccc\n\n");
		assertThat(queue.isEmpty()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void frameLargerThanTheBoundPassesWhenTheQueueIsEmpty(OverflowStrategy overflow) {
		SendQueue queue = queue(overflow, 1);
		this.progress.stalls();
		this.timer.advance(Duration.ofSeconds(5));
		Frame large = Frame.comment("x".repeat(1000));
		assertThat(queue.offer(large)).isTrue();
		assertThat(queue.poll(10)).isSameAs(large);
		assertThat(queue.offer(large)).isTrue();
		assertThat(queue.isOverfull()).isFalse();
		assertThat(queue.dropped()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void controlFramesAlwaysFitAndAreNeverDropped(OverflowStrategy overflow) {
		SendQueue queue = queue(overflow, 1);
		Frame control = event("x", "7").asControl();
		assertThat(offer(queue, control, control, event("x", "8").asControl())).isTrue();
		queue.offer(event("x", "9"));
		assertThat(takeAll(queue)).startsWith(text(control, control, event("x", "8")));
	}

	@Test
	void framesAreJoinedUpToALimit() {
		SendQueue queue = queue(OverflowStrategy.DISCONNECT, 10);
		Frame single = comment("a");
		offer(queue, single, comment("b"), comment("c"), comment("d"), comment("e"));
		assertThat(queue.poll(19)).isSameAs(single);
		assertThat(queue.poll(20)).hasToString(text(comment("b"), comment("c")));
		assertThat(queue.poll(9)).hasToString(text(comment("d")));
		assertThat(queue.poll(1000)).hasToString(text(comment("e")));
		assertThat(queue.poll(1000)).isNull();
	}

	@Test
	void movingQueueHoldsSixteenTimesItsBound() {
		SendQueue queue = queue(OverflowStrategy.DISCONNECT, 2);
		this.progress.flows();
		for (int i = 0; i < 32; i++) {
			assertThat(queue.isOverfull()).isEqualTo(i > 2);
			assertThat(queue.offer(comment("a"))).isTrue();
		}
		assertThat(queue.offer(comment("b"))).isFalse();
		assertThat(takeAll(queue)).isEqualTo(text(comment("a")).repeat(32));
		assertThat(queue.isOverfull()).isFalse();
		assertThat(queue.dropped()).isZero();
	}

	@Test
	void fullQueueMayStandStillForLessThanASecond() {
		SendQueue queue = queue(OverflowStrategy.DISCONNECT, 1);
		this.progress.stalls();
		this.timer.advance(Duration.ofNanos(SECOND - 1));
		assertThat(offer(queue, comment("a"), comment("b"))).isTrue();
		this.progress.stalls();
		this.timer.advance(Duration.ofNanos(1));
		assertThat(queue.offer(comment("c"))).isFalse();
		this.progress.flows();
		assertThat(queue.offer(comment("d"))).isTrue();
		this.progress.stalls();
		this.timer.advance(Duration.ofNanos(SECOND - 1));
		assertThat(queue.offer(comment("e"))).isTrue();
		assertThat(takeAll(queue)).isEqualTo(text(comment("a"), comment("b"), comment("d"), comment("e")));
	}

	@Test
	void queueThatStandsStillHoldsItsBound() {
		SendQueue queue = queue(OverflowStrategy.DISCONNECT, 3);
		this.progress.stalls();
		this.timer.advance(Duration.ofSeconds(20));
		assertThat(offer(queue, comment("a"), comment("b"), comment("c"))).isTrue();
		assertThat(queue.offer(comment("d"))).isFalse();
	}

	@Test
	void queueWhoseSocketWasNotYetTriedHoldsItsBoundStrictly() {
		SendQueue queue = queue(OverflowStrategy.DISCONNECT, 3);
		assertThat(offer(queue, comment("a"), comment("b"), comment("c"))).isTrue();
		assertThat(queue.offer(comment("d"))).isFalse();
		assertThat(queue.isOverfull()).isFalse();
	}

	@Test
	void queueWhoseSocketIsAboutToBeTriedHoldsAPeak() {
		this.progress.opens();
		assertThat(offer(queue(OverflowStrategy.DISCONNECT, 1), comment("a"), comment("b"))).isTrue();
		assertThat(this.progress.stalls()).isTrue();
	}

	@Test
	void dropOldestDropsNoMoreThanItMust() {
		SendQueue queue = queue(OverflowStrategy.DROP_OLDEST, 3);
		assertThat(offer(queue, comment("a"), comment("b"), comment("c"), comment("d"))).isTrue();
		assertThat(queue.dropped()).isOne();
		assertThat(queue.offer(Frame.comment("x".repeat(16)))).isTrue();
		assertThat(queue.dropped()).isEqualTo(3);
		assertThat(takeAll(queue)).isEqualTo(text(comment("d"), Frame.comment("x".repeat(16))));
		assertThat(offer(queue, comment("e"), comment("f"), comment("g"))).isTrue();
		assertThat(queue.dropped()).isEqualTo(3);
		assertThat(takeAll(queue)).isEqualTo(text(comment("e"), comment("f"), comment("g")));
	}

	@Test
	void dropOldestDropsAllForOneLargerThanTheBound() {
		SendQueue queue = queue(OverflowStrategy.DROP_OLDEST, 2);
		Frame large = Frame.comment("x".repeat(1000));
		assertThat(offer(queue, comment("a"), comment("b"), large)).isTrue();
		assertThat(queue.dropped()).isEqualTo(2);
		assertThat(offer(queue, comment("c"))).isTrue();
		assertThat(queue.dropped()).isEqualTo(3);
		assertThat(takeAll(queue)).isEqualTo(text(comment("c")));
	}

	@Test
	void dropOldestDropsWhatIsBehindAControlFrame() {
		SendQueue queue = queue(OverflowStrategy.DROP_OLDEST, 3);
		Frame control = comment("a").asControl();
		assertThat(offer(queue, control, comment("b"), comment("c"), comment("d"), comment("e"))).isTrue();
		assertThat(queue.dropped()).isEqualTo(2);
		assertThat(takeAll(queue)).isEqualTo(text(control, comment("d"), comment("e")));
	}

	@Test
	void dropOldestDropsABatchAsAWhole() {
		SendQueue queue = queue(OverflowStrategy.DROP_OLDEST, 3);
		assertThat(offer(queue, batch("a", "b"), comment("c"), comment("d"))).isTrue();
		assertThat(queue.dropped()).isOne();
		assertThat(takeAll(queue)).isEqualTo(text(comment("c"), comment("d")));
	}

	@Test
	void keepLatestKeepsAllThatFits() {
		SendQueue queue = queue(OverflowStrategy.KEEP_LATEST, event("x", "1"), event("x", "2"));
		assertThat(offer(queue, event("x", "1"), event("x", "2"))).isTrue();
		assertThat(queue.dropped()).isZero();
		assertThat(takeAll(queue)).isEqualTo(text(event("x", "1"), event("x", "2")));
	}

	@Test
	void keepLatestKeepsTheNewestOfEachNameAndPutsTheNewOneAtTheEnd() {
		SendQueue queue = queue(OverflowStrategy.KEEP_LATEST, event("x", "1"), event("y", "1"), event("x", "2"),
				event("z", "1"), event("y", "2"));
		assertThat(offer(queue, event("x", "1"), event("y", "1"), event("x", "2"), event("z", "1"), event("y", "2"),
				event("x", "3")))
			.isTrue();
		assertThat(queue.dropped()).isEqualTo(3);
		assertThat(takeAll(queue)).isEqualTo(text(event("z", "1"), event("y", "2"), event("x", "3")));
	}

	@Test
	void keepLatestTakesEventsWithoutANameForMessages() {
		Frame first = ENCODER.encode(SseEvent.raw("1"), null);
		Frame second = ENCODER.encode(SseEvent.raw("2").name("message"), null);
		SendQueue queue = queue(OverflowStrategy.KEEP_LATEST, first);
		assertThat(offer(queue, first, second)).isTrue();
		assertThat(queue.dropped()).isOne();
		assertThat(takeAll(queue)).isEqualTo(text(second));
	}

	@Test
	void keepLatestDropsNoBatchAndNoComment() {
		Frame batch = batch("a", "b");
		SendQueue queue = queue(OverflowStrategy.KEEP_LATEST, batch, comment("c"), batch, event("x", "1"));
		assertThat(offer(queue, batch, event("x", "1"), comment("c"), event("x", "2"), batch, event("x", "3")))
			.isTrue();
		assertThat(queue.dropped()).isEqualTo(2);
		assertThat(takeAll(queue)).isEqualTo(text(batch, comment("c"), batch, event("x", "3")));
	}

	@Test
	void keepLatestMakesRoomForABatch() {
		Frame batch = batch("a", "b");
		SendQueue queue = queue(OverflowStrategy.KEEP_LATEST, event("x", "1"), event("x", "2"), batch);
		assertThat(offer(queue, event("x", "1"), event("x", "2"), event("x", "3"), batch)).isTrue();
		assertThat(queue.dropped()).isEqualTo(2);
		assertThat(takeAll(queue)).isEqualTo(text(event("x", "3"), batch));
	}

	@Test
	void keepLatestRefusesWhatDoesNotFitEvenThen() {
		SendQueue queue = queue(OverflowStrategy.KEEP_LATEST, event("x", "1"), event("y", "1"));
		assertThat(offer(queue, event("x", "1"), event("y", "1"))).isTrue();
		assertThat(queue.offer(event("z", "1"))).isFalse();
		assertThat(queue.dropped()).isZero();
		assertThat(takeAll(queue)).isEqualTo(text(event("x", "1"), event("y", "1")));
	}

	@Test
	void keepLatestDoesNotTakeAControlFrameForTheNewest() {
		Frame control = event("x", "2").asControl();
		SendQueue queue = queue(OverflowStrategy.KEEP_LATEST, event("x", "1"), control);
		assertThat(offer(queue, event("x", "1"), control, event("y", "1"))).isFalse();
		assertThat(takeAll(queue)).isEqualTo(text(event("x", "1"), control));
	}

	@Test
	void clearedQueueIsEmptyAndCountsNothing() {
		SendQueue queue = queue(OverflowStrategy.DROP_OLDEST, 1);
		offer(queue, comment("a"));
		queue.clear();
		assertThat(queue.isEmpty()).isTrue();
		assertThat(queue.poll(100)).isNull();
		assertThat(queue.dropped()).isZero();
		assertThat(offer(queue, comment("b"))).isTrue();
		assertThat(queue.dropped()).isZero();
	}

	private SendQueue queue(OverflowStrategy overflow, int frames) {
		return new SendQueue(new QueueBound(10L * frames, overflow), this.progress, "");
	}

	/** Return a queue that holds exactly these. */
	private SendQueue queue(OverflowStrategy overflow, Frame... frames) {
		return new SendQueue(new QueueBound(text(frames).length(), overflow), this.progress, "");
	}

	private static boolean offer(SendQueue queue, Frame... frames) {
		boolean fits = true;
		for (Frame frame : frames) {
			fits = queue.offer(frame) && fits;
		}
		return fits;
	}

	private static String takeAll(SendQueue queue) {
		Frame all = queue.poll(Integer.MAX_VALUE);
		assertThat(queue.poll(Integer.MAX_VALUE)).isNull();
		return (all != null) ? all.toString() : "";
	}

	private static Frame comment(String letter) {
		Frame comment = Frame.comment("   " + letter.repeat(3));
		assertThat(comment.size()).isEqualTo(10);
		return comment;
	}

	private static Frame event(String name, String data) {
		return ENCODER.encode(SseEvent.raw(data).name(name), null);
	}

	private static Frame batch(String... data) {
		return EventBuffer.using(DataSerializer.ofText(Object::toString)).iterate(List.of(data)).toFrame();
	}

	private static String text(Frame... frames) {
		List<String> texts = new ArrayList<>();
		for (Frame frame : frames) {
			texts.add(frame.toString());
		}
		return String.join("", texts);
	}

}
