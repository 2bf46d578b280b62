package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that lags loses the oldest events, and the count of them is known.
 */
class DropOldestTests {

	/** The size of an event of {@link Wire} with a name of one letter. */
	private static final int EVENT = Wire.of("a").length();

	/** For how long a full queue may stand still. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.sessionDefaults(SessionOptions.builder()
		.noRetry()
		.overflow(OverflowStrategy.DROP_OLDEST)
		.maxQueueSize(3L * EVENT)
		.build()));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	private final RecordingConnection connection = this.client.connection();

	@Test
	void momentaryPeakDropsNothing() {
		this.connection.fill();
		push("a", "b", "c", "d", "e");
		this.engine.timer.advance(PATIENCE.minusNanos(1));
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b", "c", "d", "e"));
		assertThat(this.session.getDroppedCount()).isZero();
	}

	@Test
	void peakThatTurnsOutToBeNoneIsCutBackWithoutAnotherEvent() {
		this.connection.fill();
		push("a", "b", "c", "d", "e");
		this.engine.timer.advance(PATIENCE);
		assertThat(this.session.getDroppedCount()).isEqualTo(2);
		assertThat(this.session.isConnected()).isTrue();
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("c", "d", "e"));
	}

	@Test
	void peakOfMoreThanSixteenTimesTheBoundIsNone() {
		this.connection.fill();
		push("a".repeat(16 * 3).split(""));
		assertThat(this.session.getDroppedCount()).isZero();
		push("b");
		assertThat(this.session.getDroppedCount()).isEqualTo(16 * 3 - 2);
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "a", "b"));
	}

	@Test
	void pushesThatDoNotFitPushTheOldestOut() {
		stall();
		push("a", "b", "c", "d", "e");
		assertThat(this.session.getDroppedCount()).isEqualTo(2);
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("c", "d", "e"));
	}

	@Test
	void readerThatCatchesUpLosesNothingMore() {
		stall();
		push("a", "b", "c", "d");
		this.connection.drain();
		push("e");
		stall();
		push("f", "g", "h");
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("b", "c", "d", "e", "f", "g", "h"));
		assertThat(this.session.getDroppedCount()).isOne();
	}

	@Test
	void sessionSurvivesAsLongAsItsWriteTimeout() {
		stall();
		push("a", "b", "c", "d");
		this.engine.timer.advance(Duration.ofMillis(28_999));
		push("e");
		assertThat(this.session.isConnected()).isTrue();
		this.engine.timer.advance(Duration.ofMillis(1));
		assertThat(this.session.isConnected()).isFalse();
	}

	@Test
	void whatWasHandedToTheSocketIsNotDropped() {
		this.connection.during(Call.WRITE, this.connection::fill);
		push("a");
		this.engine.timer.advance(PATIENCE);
		push("b", "c", "d", "e");
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "c", "d", "e"));
		assertThat(this.session.getDroppedCount()).isOne();
	}

	@Test
	void broadcastsThatWereJoinedAreDroppedOneByOne() {
		this.news.register(this.session);
		stall();
		Gate delivery = this.engine.holdDelivery();
		for (String name : List.of("a", "b", "c", "d", "e")) {
			this.news.broadcast(Wire.event(name));
		}
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.session.getDroppedCount()).isEqualTo(2);
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("c", "d", "e"));
	}

	@Test
	void otherSessionsGetAll() {
		TestClient<Object> quick = this.engine.connect();
		this.news.register(this.session);
		this.news.register(quick.session());
		stall();
		for (String name : List.of("a", "b", "c", "d", "e")) {
			this.news.broadcast(Wire.event(name));
		}
		this.engine.awaitDelivery();
		assertThat(quick.received()).isEqualTo(Wire.of("a", "b", "c", "d", "e"));
		assertThat(quick.session().getDroppedCount()).isZero();
	}

	@Test
	void batchIsDroppedAsAWhole() {
		stall();
		this.session.batch((buffer) -> buffer.push(Wire.event("a")).push(Wire.event("b")));
		push("c", "d");
		assertThat(this.session.getDroppedCount()).isOne();
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("c", "d"));
	}

	@Test
	void farewellIsNotDropped() {
		stall();
		push("a", "b", "c");
		this.session.disconnect();
		this.connection.drain();
		assertThat(this.client.received())
			.isEqualTo(Wire.of("a", "b", "c") + "event: disconnect\nretry: 2147483647\ndata: null\n\n");
		assertThat(this.session.getDroppedCount()).isZero();
	}

	@Test
	void eventsAreDroppedBeforeTheSessionOpensToo() {
		TestClient<Object> opening = this.engine.prepare();
		this.engine.elsewhere(() -> {
			for (String name : List.of("a", "b", "c", "d")) {
				opening.session().push(Wire.event(name));
			}
		});
		assertThat(opening.session().getDroppedCount()).isOne();
		opening.opening().complete();
		assertThat(opening.received()).isEqualTo(Wire.of("b", "c", "d"));
	}

	@Test
	void futuresOfWhatIsDroppedCompleteInTheirTurn() {
		List<String> completed = Collections.synchronizedList(new ArrayList<>());
		stall();
		CompletableFuture<?> first = batch("a").thenRun(() -> completed.add("a"));
		CompletableFuture<?> second = batch("b").thenRun(() -> completed.add("b"));
		push("c", "d", "e");
		CompletableFuture<?> last = this.session.flush().thenRun(() -> completed.add("flush"));
		assertThat(this.session.getDroppedCount()).isEqualTo(2);
		assertThat(List.of(first, second, last)).noneMatch(CompletableFuture::isDone);
		this.connection.drain();
		TestEngine.join(last);
		assertThat(completed).containsExactly("a", "b", "flush");
		assertThat(this.client.received()).isEqualTo(Wire.of("c", "d", "e"));
	}

	@Test
	void futuresOfWhatIsDroppedFailWithTheSession() {
		stall();
		CompletableFuture<Void> dropped = batch("a");
		push("b", "c", "d");
		this.connection.vanish(null);
		assertThat(dropped).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(SseException.class)
			.withMessage("The session ended before all was sent.");
	}

	@Test
	void flushCompletesAlthoughTheReaderNeverCatchesUp() {
		stall();
		push("a", "b", "c", "d");
		CompletableFuture<Void> flushed = this.session.flush();
		for (int i = 0; i < 10; i++) {
			this.connection.during(Call.WRITE, () -> {
				this.connection.fill();
				push("e", "f", "g", "h");
			});
			this.connection.drain();
		}
		assertThat(flushed).succeedsWithin(Duration.ofSeconds(20));
		assertThat(this.session.isConnected()).isTrue();
	}

	/** Fill the socket, and let it take nothing for long enough. */
	private void stall() {
		this.connection.fill();
		this.connection.listener().onWritable();
		this.engine.timer.advance(PATIENCE);
	}

	private CompletableFuture<Void> batch(String name) {
		return this.session.batch((buffer) -> buffer.push(Wire.event(name)));
	}

	private void push(String... names) {
		for (String name : names) {
			SseEvent event = Wire.event(name);
			this.session.push(event);
		}
	}

}
