package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.EventId;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A queue through which a replay goes.
 */
class SendQueueReplayTests {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private final ManualTimer timer = new ManualTimer();

	private final WriteProgress progress = new WriteProgress(this.timer, EngineRecorder.disabled());

	private final SendQueue queue = queue(OverflowStrategy.DISCONNECT);

	private final List<Long> positions = new ArrayList<>();

	private SendQueue queue(OverflowStrategy overflow) {
		return new SendQueue(new QueueBound(100, overflow), this.progress, "first");
	}

	@Test
	void heldQueueGivesOutTheReplayAlone() {
		this.queue.offer(frame("a", null));
		this.queue.hold(false);
		this.queue.offer(frame("b", null));
		assertThat(this.queue.hasNext()).isFalse();
		assertThat(this.queue.isEmpty()).as("what waits will come").isFalse();
		assertThat(this.queue.poll(1000)).isNull();
		this.queue.offerAhead(frame("r", "1"));
		assertThat(this.queue.hasNext()).isTrue();
		assertThat(this.queue.poll(1000)).hasToString("id: 1\ndata: r\n\n");
		assertThat(this.queue.poll(1000)).isNull();
		this.queue.offerAhead(frame("s", "2"));
		this.queue.release(2, true);
		assertThat(this.queue.poll(1000)).hasToString("id: 2\ndata: s\n\n");
		assertThat(this.queue.poll(1000)).hasToString("data: a\n\ndata: b\n\n");
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void heldQueueIsNotEmptyThoughNothingWaits() {
		this.queue.hold(false);
		assertThat(this.queue.isEmpty()).isFalse();
		assertThat(this.queue.hasNext()).isFalse();
		this.queue.release(1, true);
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void whatWaitedBeforeALateReplayGoesBeforeIt() {
		this.queue.offer(frame("a", null));
		this.queue.hold(true);
		this.queue.offerAhead(frame("r", null));
		this.queue.offer(frame("b", null));
		assertThat(this.queue.poll(1000)).hasToString("data: a\n\ndata: r\n\n");
		this.queue.release(1, true);
		this.queue.hold(true);
		this.queue.offerAhead(frame("s", null));
		assertThat(this.queue.poll(1000)).hasToString("data: b\n\ndata: s\n\n");
	}

	@Test
	void replayIsNotBoundedByTheQueueAndCountsItsOwnSize() {
		this.queue.hold(false);
		for (int i = 0; i < 20; i++) {
			this.queue.offerAhead(frame("x".repeat(92), null));
		}
		assertThat(this.queue.aheadSize()).isEqualTo(2000);
		assertThat(this.queue.poll(1).size()).isEqualTo(100);
		assertThat(this.queue.aheadSize()).isEqualTo(1900);
	}

	@Test
	void idsOfTheLogAndGeneratedOnesAreTakenFromWhatWaits() {
		this.queue.hold(false);
		this.queue.offer(frame("a", "1"), 1L);
		this.queue.offer(frame("b", EventId.random()));
		this.queue.offer(frame("c", "given"));
		this.queue.offerAhead(frame("r", "5"));
		this.queue.stripIds();
		this.queue.release(5, true);
		assertThat(this.queue.poll(1000)).hasToString("id: 5\ndata: r\n\n");
		assertThat(this.queue.poll(1000)).hasToString("data: a\n\ndata: b\n\nid: given\ndata: c\n\n");
		assertThat(this.queue.lastId()).isEqualTo("given");
	}

	@Test
	void generatedIdIsLeftAwayIfTheClientCanResume() {
		this.queue.offer(frame("a", EventId.random()), () -> true);
		assertThat(this.queue.lastId()).isEqualTo("first");
		String random = EventId.random();
		this.queue.offer(frame("b", random), () -> false);
		assertThat(this.queue.lastId()).isEqualTo(random);
		assertThat(this.queue.poll(1000)).hasToString("data: a\n\nid: " + random + "\ndata: b\n\n");
	}

	@Test
	void lastIdIsThatOfTheReplayUntilItIsDone() {
		this.queue.hold(false);
		this.queue.offer(frame("a", "given"));
		assertThat(this.queue.lastId()).isEqualTo("first");
		this.queue.offerAhead(frame("r", "1"));
		assertThat(this.queue.lastId()).isEqualTo("1");
		this.queue.release(1, true);
		assertThat(this.queue.lastId()).isEqualTo("given");
	}

	@Test
	void whatWasOfferedIsGoneWhenItWasTakenBehindTheReplay() {
		this.queue.offer(frame("a", null));
		this.queue.hold(false);
		this.queue.offer(frame("b", null));
		this.queue.offerAhead(frame("r", null));
		assertThat(this.queue.offered()).isEqualTo(2);
		assertThat(this.queue.gone()).isZero();
		this.queue.poll(1000);
		assertThat(this.queue.gone()).isZero();
		this.queue.release(1, true);
		this.queue.poll(1);
		assertThat(this.queue.gone()).isEqualTo(1);
		this.queue.poll(1);
		assertThat(this.queue.gone()).isEqualTo(2);
	}

	@Test
	void whatWaitedBeforeALateReplayIsGoneWhenItWasTaken() {
		this.queue.offer(frame("a", null));
		this.queue.offer(frame("b", null));
		this.queue.hold(true);
		this.queue.offerAhead(frame("r", null));
		this.queue.offer(frame("c", null));
		this.queue.poll(1);
		assertThat(this.queue.gone()).isEqualTo(1);
		this.queue.poll(1);
		assertThat(this.queue.gone()).as("the replay is next").isEqualTo(2);
		this.queue.poll(1);
		assertThat(this.queue.gone()).isEqualTo(2);
		this.queue.release(1, true);
		this.queue.poll(1);
		assertThat(this.queue.gone()).isEqualTo(3);
	}

	@Test
	void queueIsOverfullByMoreThanOneFrame() {
		this.queue.hold(false);
		this.queue.offerAhead(frame("x".repeat(200), null));
		assertThat(this.queue.isOverfull()).isFalse();
		this.progress.stalls();
		this.queue.offer(frame("a", null));
		assertThat(this.queue.isOverfull()).isTrue();
		this.queue.poll(1);
		assertThat(this.queue.isOverfull()).isFalse();
	}

	@Test
	void replayTakesRoomFromWhatWaits() {
		this.progress.stalls();
		this.queue.hold(false);
		this.queue.offerAhead(frame("x".repeat(82), null));
		assertThat(this.queue.hasRoom(frame("a", null))).isTrue();
		assertThat(this.queue.hasRoom(frame("abcd", null))).isFalse();
		this.timer.advance(Duration.ofSeconds(1));
		assertThat(this.queue.offer(frame("abcd", null))).isFalse();
		assertThat(this.queue.offer(frame("a", null))).isTrue();
	}

	@Test
	void nothingOfTheReplayIsDroppedToMakeRoom() {
		for (OverflowStrategy overflow : List.of(OverflowStrategy.DROP_OLDEST, OverflowStrategy.KEEP_LATEST)) {
			SendQueue dropping = queue(overflow);
			dropping.hold(false);
			dropping.offerAhead(frame("x".repeat(72), null));
			dropping.offer(frame("old", null));
			assertThat(dropping.offer(frame("new", null))).isTrue();
			assertThat(dropping.dropped()).isEqualTo(1);
			dropping.release(1, true);
			assertThat(dropping.poll(1).size()).isEqualTo(80);
			assertThat(dropping.poll(1000)).hasToString("data: new\n\n");
		}
	}

	@Test
	void positionOfWhatIsOfferedIsToldWhenItIsKnown() {
		this.queue.offer(frame("a", "x"), (long position) -> this.positions.add(position));
		assertThat(this.positions).as("nothing was replayed yet").isEmpty();
		this.queue.hold(false);
		this.queue.offer(frame("b", "y"), (long position) -> this.positions.add(position));
		this.queue.offer(frame("n", "3"), 3L);
		assertThat(this.positions).isEmpty();
		this.queue.release(5, true);
		assertThat(this.positions).containsExactly(5L, 5L);
		this.queue.offer(frame("c", "6"), 6L);
		this.queue.offer(frame("d", "z"), (long position) -> this.positions.add(position));
		this.queue.skip(7);
		this.queue.offer(frame("e", "z"), (long position) -> this.positions.add(position));
		assertThat(this.positions).containsExactly(5L, 5L, 6L, 7L);
	}

	@Test
	void positionIsUntoldAfterAnEventWasSkippedUntilTheNextOne() {
		assertThat(this.queue.untoldPosition()).isNegative();
		this.queue.skip(1);
		assertThat(this.queue.untoldPosition()).as("before the replay").isNegative();
		this.queue.release(5, true);
		assertThat(this.queue.untoldPosition()).isNegative();
		this.queue.skip(7);
		assertThat(this.queue.untoldPosition()).isEqualTo(7);
		this.queue.offer(frame("a", "8"), 8L);
		assertThat(this.queue.untoldPosition()).isNegative();
		this.queue.hold(true);
		this.queue.release(9, false);
		assertThat(this.queue.untoldPosition()).isEqualTo(9);
	}

	@Test
	void clearEndsTheReplay() {
		this.queue.hold(false);
		this.queue.offer(frame("a", null));
		this.queue.offerAhead(frame("r", null));
		this.queue.clear();
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.aheadSize()).isZero();
		assertThat(this.queue.gone()).isEqualTo(1);
	}

	private static Frame frame(String text, @Nullable String id) {
		return ENCODER.encode(SseEvent.raw(text), id);
	}

}
