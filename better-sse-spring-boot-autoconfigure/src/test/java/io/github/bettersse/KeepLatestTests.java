package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A client that lags gets the newest event of each name: a ticker.
 */
class KeepLatestTests {

	/** The size of a tick of a name of one letter and a price of one digit. */
	private static final int TICK = tick("x", 1).length();

	/** For how long a full queue may stand still. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.sessionDefaults(
			SessionOptions.builder().noRetry().overflow(OverflowStrategy.KEEP_LATEST).maxQueueSize(3L * TICK).build()));

	private final Channel<Void, Object> ticker = this.engine.channels.channel("ticker");

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	private final RecordingConnection connection = this.client.connection();

	@Test
	void momentaryPeakIsNotConflated() {
		this.connection.fill();
		StringBuilder all = new StringBuilder();
		for (int price = 0; price < 8; price++) {
			push("x", price);
			all.append(tick("x", price));
		}
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(all.toString());
		assertThat(this.session.getDroppedCount()).isZero();
	}

	@Test
	void peakThatTurnsOutToBeNoneIsConflatedWithoutAnotherEvent() {
		this.connection.fill();
		for (int price = 0; price < 8; price++) {
			push((price % 2 == 0) ? "x" : "y", price);
		}
		this.engine.timer.advance(PATIENCE);
		assertThat(this.session.isConnected()).isTrue();
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(tick("x", 6) + tick("y", 7));
		assertThat(this.session.getDroppedCount()).isEqualTo(6);
	}

	@Test
	void eachNameKeepsItsNewestEventAndTheNewOneIsTheLast() {
		stall();
		push("x", 1);
		push("y", 1);
		push("x", 2);
		assertThat(this.session.getDroppedCount()).isZero();
		push("y", 2);
		assertThat(this.session.getDroppedCount()).isEqualTo(2);
		push("x", 3);
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(tick("x", 2) + tick("y", 2) + tick("x", 3));
		assertThat(this.session.getDroppedCount()).isEqualTo(2);
		assertThat(this.session.getLastEventId()).isEqualTo("x3");
	}

	@Test
	void moreNamesThanFitEndTheSession() {
		stall();
		push("x", 1);
		push("y", 1);
		push("z", 1);
		push("x", 2);
		assertThat(this.session.isConnected()).isTrue();
		push("w", 1);
		assertThat(this.session.isConnected()).isFalse();
		assertThat(reason()).isEqualTo(DisconnectReason.OVERFLOW);
		assertThat(this.connection.calls()).containsExactly("open 200", "flush", "start", "abort");
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> push("x", 3));
	}

	@Test
	void tickerIsNotCutForStandingStillBeforeItsWriteTimeout() {
		stall();
		for (int second = 0; second < 28; second++) {
			push("x", second % 10);
			push("y", second % 10);
			this.engine.timer.advance(Duration.ofSeconds(1));
		}
		assertThat(this.session.isConnected()).isTrue();
		this.connection.drain();
		assertThat(this.client.received()).endsWith(tick("x", 7) + tick("y", 7));
		assertThat(this.session.getDroppedCount() * TICK + this.client.received().length()).isEqualTo(56L * TICK);
	}

	@Test
	void broadcastsThatWereJoinedAreConflatedOneByOne() {
		TestClient<Object> quick = this.engine.connect();
		this.ticker.register(this.session);
		this.ticker.register(quick.session());
		stall();
		Gate delivery = this.engine.holdDelivery();
		StringBuilder all = new StringBuilder();
		for (int price = 0; price < 8; price++) {
			String name = (price % 2 == 0) ? "x" : "y";
			this.ticker.broadcast(event(name, price));
			all.append(tick(name, price));
		}
		delivery.open();
		this.engine.awaitDelivery();
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(tick("x", 6) + tick("y", 7));
		assertThat(this.session.getDroppedCount()).isEqualTo(6);
		assertThat(quick.received()).isEqualTo(all.toString());
		assertThat(quick.session().getDroppedCount()).isZero();
	}

	@Test
	void batchStaysWholeAndIsNotConflated() {
		stall();
		this.session.batch((buffer) -> buffer.push(event("x", 1)).push(event("x", 2)));
		push("x", 3);
		push("x", 4);
		this.connection.drain();
		assertThat(this.client.received()).isEqualTo(tick("x", 1) + tick("x", 2) + tick("x", 4));
		assertThat(this.session.getDroppedCount()).isOne();
	}

	@Test
	void farewellIsNotConflated() {
		SseEvent own = SseEvent.raw("1").name("disconnect").id("d");
		stall();
		this.session.push(own);
		push("x", 1);
		push("x", 2);
		this.session.disconnect();
		this.connection.drain();
		assertThat(this.client.received()).endsWith("event: disconnect\nretry: 2147483647\ndata: null\n\n");
	}

	@Test
	void shutdownStillTellsWhenToComeBack() {
		stall();
		push("x", 1);
		push("y", 1);
		push("x", 2);
		Future<?> stopped = this.engine.start(this.engine.engine::stop);
		Awaitility.await().until(() -> !this.session.isConnected());
		this.connection.drain();
		TestEngine.join(stopped);
		assertThat(this.client.received())
			.matches("(?s)" + tick("x", 1) + tick("y", 1) + tick("x", 2) + "retry: [0-9]+\n\n");
	}

	@Test
	void futuresOfWhatIsConflatedCompleteInTheirTurn() {
		List<String> completed = Collections.synchronizedList(new ArrayList<>());
		stall();
		push("x", 1);
		CompletableFuture<?> first = this.session.flush().thenRun(() -> completed.add("x1"));
		push("y", 1);
		CompletableFuture<?> second = this.session.flush().thenRun(() -> completed.add("y1"));
		push("x", 2);
		push("x", 3);
		CompletableFuture<?> last = this.session.flush().thenRun(() -> completed.add("x3"));
		assertThat(this.session.getDroppedCount()).isEqualTo(2);
		assertThat(List.of(first, second, last)).noneMatch(CompletableFuture::isDone);
		this.connection.drain();
		TestEngine.join(last);
		assertThat(completed).containsExactly("x1", "y1", "x3");
		assertThat(this.client.received()).isEqualTo(tick("y", 1) + tick("x", 3));
	}

	@Test
	void flushDoesNotWaitForTheTicksThatComeLater() {
		stall();
		push("x", 1);
		push("y", 1);
		CompletableFuture<Void> flushed = this.session.flush();
		for (int price = 2; price < 6; price++) {
			int next = price;
			this.connection.during(Call.WRITE, () -> {
				this.connection.fill();
				push("x", next);
				push("y", next);
			});
			this.connection.drain();
		}
		assertThat(flushed).succeedsWithin(Duration.ofSeconds(20));
		assertThat(this.client.received()).startsWith(tick("x", 1) + tick("y", 1));
	}

	/** Fill the socket, and let it take nothing for long enough. */
	private void stall() {
		this.connection.fill();
		this.connection.listener().onWritable();
		this.engine.timer.advance(PATIENCE);
	}

	private void push(String name, int price) {
		this.session.push(event(name, price));
	}

	private static SseEvent event(String name, int price) {
		return SseEvent.raw(name + price).name(name).id(name + price);
	}

	private static String tick(String name, int price) {
		return "event: " + name + "\nid: " + name + price + "\ndata: " + name + price + "\n\n";
	}

	private DisconnectReason reason() {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.session.onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

}
