package io.github.bettersse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session that ends while it replays: its replay always completes, and nothing is sent
 * behind the end.
 *
 * <pre>
 *   refused in the handler; gone before the first step; gone while a step waits
 *   close, disconnect, shutdown   in time: the whole replay, then the last frame; too late: cut
 *   client gone, overflow         while the window is full
 *   ended                         before a late registration has its place
 * </pre>
 */
class ReplayEndTests extends ReplayScene {

	private static final int EVENT = events(100, 100).replace("@", "0123456789-").length();

	enum Cut {

		CLIENT_GONE, CLOSED, DISCONNECTED, WRITE_TIMEOUT

	}

	private final Channel<Void, Object> news = channel("news", History.ofEvents(1000));

	private final Channel<Void, Object> noise = this.engine.channels.channel("noise");

	@Test
	void refusedSessionCompletesItsReplay() {
		broadcastUpTo(this.news, 3);
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.news.register(client.session());
		client.opening().refuse();
		assertDone(replay, false, 0);
		assertThat(client.connection().calls()).isEmpty();
	}

	@Test
	void sessionThatIsClosedInItsHandlerCompletesItsReplay() {
		broadcastUpTo(this.news, 3);
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.news.register(client.session());
		client.session().close();
		client.opening().complete();
		assertDone(replay, false, 0);
		assertThat(client.connection().calls()).last().isEqualTo("close");
	}

	@Test
	void clientThatIsGoneBeforeTheFirstStepCompletesItsReplay() {
		broadcastUpTo(this.news, 3);
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.news.register(client.session());
		Gate delivery = this.engine.holdDelivery();
		client.opening().complete();
		client.connection().vanish(null);
		delivery.open();
		assertDone(replay, false, 0);
		assertThat(client.received()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void cutSessionCompletesItsReplayAndSendsNothingMore(Cut cut) {
		TestClient<Object> client = prepareAfter(100);
		Replay replay = this.news.register(client.session());
		openFull(client);
		switch (cut) {
			case CLIENT_GONE -> client.connection().vanish(null);
			case CLOSED -> client.session().close();
			case DISCONNECTED -> client.session().disconnect();
			case WRITE_TIMEOUT -> {
				// Nothing to do but to wait
			}
		}
		this.engine.timer.advance(Duration.ofSeconds(60));
		TestEngine.join(replay.completion());
		assertThat(replay.isComplete()).isFalse();
		assertThat(replay.getEventCount()).isBetween(1, 98);
		assertThat(reason(client)).hasToString(cut.name());
		this.engine.awaitDelivery();
		assertThat(client.received()).isEmpty();
	}

	@Test
	void clientThatIsGoneWhileAStepWaitsGetsNothingOfIt() {
		TestClient<Object> client = prepareAfter(100);
		Replay replay = this.news.register(client.session());
		openFull(client);
		Gate delivery = this.engine.holdDelivery();
		client.connection().drain();
		String received = client.received();
		client.connection().vanish(null);
		delivery.open();
		TestEngine.join(replay.completion());
		assertThat(replay.isComplete()).isFalse();
		assertThat(Wire.masked(client.received())).isEqualTo(Wire.masked(received))
			.isEqualTo(events(2, 1 + replay.getEventCount()));
	}

	@Test
	void closeInTimeSendsTheWholeReplay() {
		TestClient<Object> client = prepareAfter(100);
		Replay replay = this.news.register(client.session());
		openFull(client);
		client.session().push(SseEvent.raw("x")).close();
		client.connection().drain();
		assertDone(replay, true, 99);
		awaitMasked(client, events(2, 100) + data("x"));
		TestEngine.await().until(() -> client.connection().calls().contains("close"));
		assertThat(client.connection().calls()).last().isEqualTo("close");
	}

	@Test
	void disconnectInTimeComesBehindTheWholeReplay() {
		TestClient<Object> client = prepareAfter(100);
		Replay replay = this.news.register(client.session());
		openFull(client);
		client.session().disconnect();
		client.connection().drain();
		assertDone(replay, true, 99);
		awaitMasked(client, events(2, 100) + "event: disconnect\nretry: 2147483647\ndata: null\n\n");
	}

	@Test
	void shutdownComesBehindTheWholeReplay() {
		TestClient<Object> client = prepareAfter(100);
		Replay replay = this.news.register(client.session());
		openFull(client);
		Future<?> stop = this.engine.start(this.engine.engine::stop);
		TestEngine.await().until(() -> !client.session().isConnected());
		client.connection().drain();
		TestEngine.join(stop);
		assertDone(replay, true, 99);
		assertThat(Wire.masked(client.received()).replaceAll("retry: \\d+", "retry: 2000"))
			.isEqualTo(events(2, 100) + "retry: 2000\n\n");
		assertThat(reason(client)).isEqualTo(DisconnectReason.SHUTDOWN);
		assertThat(client.connection().calls()).last().isEqualTo("close");
	}

	@Test
	void whatWaitsBehindTheReplayOverflowsWhenTheSocketStandsStill() {
		TestClient<Object> client = openFull(OverflowStrategy.DISCONNECT, 20 * EVENT);
		Replay replay = this.news.register(client.session());
		broadcast(this.noise, large(0).repeat(20));
		this.engine.awaitDelivery();
		assertThat(client.session().isConnected()).isTrue();
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(reason(client)).isEqualTo(DisconnectReason.OVERFLOW);
		TestEngine.join(replay.completion());
		assertThat(replay.isComplete()).isFalse();
		assertThat(client.received()).isEmpty();
	}

	@Test
	void replayAloneIsNoOverflowHoweverSmallTheQueue() {
		TestClient<Object> client = openFull(OverflowStrategy.DISCONNECT, 3 * EVENT);
		this.engine.timer.advance(Duration.ofSeconds(5));
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		awaitMasked(client, events(2, 100));
	}

	@Test
	void dropOldestDropsWhatWaitsAndNothingOfTheReplay() {
		TestClient<Object> client = openFull(OverflowStrategy.DROP_OLDEST, 6 * EVENT);
		this.engine.timer.advance(Duration.ofSeconds(1));
		for (int i = 0; i < 10; i++) {
			broadcast(this.noise, "n" + i + "-".repeat(1000));
		}
		this.engine.awaitDelivery();
		int kept = 10 - (int) client.session().getDroppedCount();
		assertThat(kept).isBetween(1, 9);
		client.connection().drain();
		StringBuilder waited = new StringBuilder();
		for (int i = 10 - kept; i < 10; i++) {
			waited.append(data("n" + i + "-".repeat(1000)));
		}
		awaitMasked(client, events(2, 100) + waited);
	}

	@Test
	void keepLatestKeepsTheLastOfEachNameAndAllOfTheReplay() {
		TestClient<Object> client = openFull(OverflowStrategy.KEEP_LATEST, 6 * EVENT);
		this.engine.timer.advance(Duration.ofSeconds(1));
		for (int i = 0; i < 10; i++) {
			this.noise.broadcast(SseEvent.raw("n" + i + "-".repeat(1000)).name("tick"));
		}
		this.engine.awaitDelivery();
		assertThat(client.session().isConnected()).isTrue();
		assertThat(client.session().getDroppedCount()).isPositive();
		client.connection().drain();
		TestEngine.await().until(() -> client.received().contains("n9"));
		String received = Wire.masked(client.received());
		assertThat(received).startsWith(events(2, 100)).endsWith("event: tick\n" + data("n9" + "-".repeat(1000)));
	}

	@Test
	void sessionThatEndsBeforeItsLateRegistrationHasAPlaceCompletesTheReplay() {
		broadcastUpTo(this.news, 100);
		TestClient<Object> client = this.engine.connect();
		Gate delivery = this.engine.holdDelivery();
		Replay replay = this.news.register(client.session(), ReplayFrom.all());
		client.session().close();
		delivery.open();
		assertDone(replay, false, 0);
		assertThat(client.received()).isEmpty();
	}

	/**
	 * Open a session that replays 99 events of 1 KB and is registered without history.
	 */
	private TestClient<Object> openFull(OverflowStrategy overflow, int maxQueueSize) {
		broadcastUpTo(this.news, 100);
		TestClient<Object> client = prepare(position(1),
				SessionOptions.builder()
					.overflow(overflow)
					.maxQueueSize(maxQueueSize)
					.keepAlive(Duration.ZERO)
					.writeTimeout(Duration.ofSeconds(30))
					.build());
		this.noise.register(client.session());
		this.news.register(client.session());
		openFull(client);
		return client;
	}

	private TestClient<Object> prepareAfter(int events) {
		broadcastUpTo(this.news, events);
		return prepare(position(1),
				SessionOptions.builder().writeTimeout(Duration.ofSeconds(30)).keepAlive(Duration.ZERO).build());
	}

	private static DisconnectReason reason(TestClient<Object> client) {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		client.session().onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

}
