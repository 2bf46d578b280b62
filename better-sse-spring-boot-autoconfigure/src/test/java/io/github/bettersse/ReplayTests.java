package io.github.bettersse;

import java.time.Duration;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.ResetReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a session gets of the past when it registers, byte by byte.
 */
class ReplayTests extends ReplayScene {

	private final Channel<Void, Object> news = channel("news", History.ofEvents(3));

	private final Channel<Void, Object> sport = channel("sport", History.ofEvents(3));

	private final Channel<Void, Object> noise = this.engine.channels.channel("noise");

	@Test
	void newcomerGetsItsStartingCursorOnceAndThenLiveEvents() {
		broadcast(this.news, "a", "b");
		TestClient<Object> client = prepare("");
		Replay replay = this.news.register(client.session());
		this.sport.register(client.session());
		client.opening().complete();
		broadcast(this.sport, "c");
		awaitMasked(client, cursor(2) + event(3, "c"));
		TestEngine.join(replay.completion());
		assertThat(replay.isResumable()).isFalse();
		assertThat(replay.isComplete()).isTrue();
		assertThat(replay.getEventCount()).isZero();
		assertThat(replay.getResetReason()).isNull();
	}

	@Test
	void newcomerGetsWhatIsBroadcastWhileItsHandlerRuns() {
		TestClient<Object> client = prepare("");
		this.news.register(client.session());
		broadcast(this.news, "a");
		client.opening().complete();
		broadcast(this.news, "b");
		awaitMasked(client, event(1, "a") + event(2, "b"));
	}

	@Test
	void clientGetsWhatItMissedOfAllItsChannelsInTheOrderOfTheLog() {
		broadcast(this.news, "a");
		broadcast(this.sport, "b");
		broadcast(this.news, "c");
		broadcast(this.sport, "d");
		TestClient<Object> client = prepare(position(1));
		Replay ofNews = this.news.register(client.session());
		Replay ofSport = this.sport.register(client.session());
		assertThat(ofNews.isResumable()).isTrue();
		client.opening().complete();
		broadcast(this.sport, "e");
		awaitMasked(client, event(2, "b") + event(3, "c") + event(4, "d") + event(5, "e"));
		TestEngine.join(ofNews.completion());
		TestEngine.join(ofSport.completion());
		assertThat(ofNews.getEventCount()).isEqualTo(1);
		assertThat(ofSport.getEventCount()).isEqualTo(2);
		assertThat(ofSport.isComplete()).isTrue();
	}

	@Test
	void clientThatMissedNothingGetsNothing() {
		broadcast(this.news, "a");
		TestClient<Object> client = prepare(position(1));
		TestEngine.join(registerAndOpen(client).completion());
		broadcast(this.news, "b");
		awaitMasked(client, event(2, "b"));
	}

	private Replay registerAndOpen(TestClient<Object> client) {
		Replay replay = this.news.register(client.session());
		client.opening().complete();
		return replay;
	}

	@Test
	void positionExactlyBeforeTheOldestEventIsComplete() {
		broadcast(this.news, "a", "b", "c", "d");
		TestClient<Object> client = prepare(position(1));
		assertThat(registerAndOpen(client).isResumable()).isTrue();
		awaitMasked(client, event(2, "b") + event(3, "c") + event(4, "d"));
	}

	@Test
	void clientOfATrimmedPositionIsReset() {
		broadcast(this.news, "a", "b", "c", "d", "e");
		TestClient<Object> client = prepare(position(1));
		Replay replay = registerAndOpen(client);
		broadcast(this.news, "f");
		awaitMasked(client, reset(5, "news", "trimmed") + event(6, "f"));
		TestEngine.join(replay.completion());
		assertThat(replay.isResumable()).isFalse();
		assertThat(replay.isComplete()).isFalse();
		assertThat(replay.getResetReason()).isEqualTo(ResetReason.TRIMMED);
	}

	@Test
	void oneChannelIsResetAndTheOtherIsReplayed() {
		broadcast(this.news, "a", "b", "c", "d", "e");
		broadcast(this.sport, "f");
		TestClient<Object> client = prepare(position(1));
		this.news.register(client.session());
		this.sport.register(client.session());
		client.opening().complete();
		awaitMasked(client, reset(1, "news", "trimmed") + event(6, "f"));
	}

	@Test
	void unusableIdsResetEachChannel() {
		broadcast(this.news, "a");
		String epoch = position(0).substring(0, 10);
		assertReset("zzzzzzzzzz-1", "foreign-epoch");
		assertReset("never-given", "unknown");
		assertReset(epoch + "-2", "forged");
		assertReset(epoch + "-99999999999999999999", "malformed");
	}

	private void assertReset(String lastEventId, String reason) {
		TestClient<Object> client = prepare(lastEventId);
		this.news.register(client.session());
		this.noise.register(client.session());
		this.sport.register(client.session());
		client.opening().complete();
		awaitMasked(client, reset("news", reason) + reset(1, "sport", reason));
	}

	@Test
	void randomIdIsThatOfANewcomer() {
		TestClient<Object> client = prepare("~123e4567-e89b-42d3-a456-426614174000");
		registerAndOpen(client);
		awaitMasked(client, cursor(0));
	}

	@Test
	void newcomerThatAsksGetsAllOfTheHistory() {
		broadcast(this.news, "a", "b", "c", "d");
		TestClient<Object> client = prepare("");
		Replay replay = this.news.register(client.session(), ReplayFrom.all());
		client.opening().complete();
		TestEngine.join(replay.completion());
		broadcast(this.news, "e");
		awaitMasked(client, event(2, "b") + event(3, "c") + event(4, "d") + event(5, "e"));
		assertThat(replay.getEventCount()).isEqualTo(3);
	}

	@Test
	void newcomerThatAsksGetsTheNewestEvents() {
		broadcast(this.news, "a", "b", "c");
		TestClient<Object> client = prepare("");
		this.news.register(client.session(), ReplayFrom.latest(2));
		client.opening().complete();
		awaitMasked(client, event(2, "b") + event(3, "c"));
	}

	@Test
	void clientWithAnUnusableIdIsResetBeforeItGetsAllOfTheHistory() {
		broadcast(this.news, "a", "b", "c", "d");
		TestClient<Object> client = prepare("zzzzzzzzzz-1");
		this.news.register(client.session(), ReplayFrom.all());
		client.opening().complete();
		awaitMasked(client, reset(1, "news", "foreign-epoch") + event(2, "b") + event(3, "c") + event(4, "d"));
	}

	@Test
	void pushInTheHandlerComesBehindTheReplay() {
		broadcast(this.news, "a", "b");
		TestClient<Object> client = prepare(position(1));
		this.news.register(client.session());
		client.session().push(SseEvent.raw("x"));
		assertThat(Wire.masked(client.received())).isEqualTo(event(2, "b") + "data: x\n\n");
	}

	@Test
	void lateRegistrationGetsACursorAtOnce() {
		TestClient<Object> client = this.engine.connect();
		broadcast(this.news, "a");
		Replay replay = this.news.register(client.session());
		broadcast(this.news, "b");
		awaitMasked(client, cursor(1) + event(2, "b"));
		TestEngine.join(replay.completion());
		assertThat(replay.isComplete()).isTrue();
	}

	@Test
	void lateRegistrationIsReplayedWithoutIdsAndEndsWithACursor() {
		TestClient<Object> client = prepare("");
		this.sport.register(client.session());
		client.opening().complete();
		broadcast(this.news, "a", "b");
		broadcast(this.sport, "c");
		this.news.register(client.session(), ReplayFrom.all());
		broadcast(this.news, "d");
		awaitMasked(client, cursor(0) + event(3, "c") + "data: a\n\ndata: b\n\n" + cursor(3) + event(4, "d"));
	}

	@Test
	void eventsOfChannelsWithoutHistoryWaitBehindTheReplayWithoutIds() {
		broadcast(this.news, "a", "b");
		TestClient<Object> client = prepare(position(1));
		this.noise.register(client.session());
		this.news.register(client.session());
		broadcast(this.noise, "x");
		broadcast(this.news, "c");
		client.opening().complete();
		broadcast(this.noise, "y");
		awaitMasked(client, event(2, "b") + event(4, "c") + "data: x\n\n" + event(5, "y"));
	}

	@Test
	void filteredEventMovesTheCursorAlsoIfItComesWithAnAcceptedOne() {
		TestClient<Object> client = prepare("");
		registerAndOpen(client);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast("a", "a", (session) -> true);
		this.news.broadcast("b", "b", (session) -> false);
		delivery.open();
		awaitMasked(client, cursor(0) + "event: a\nid: @1\ndata: a\n\n");
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(client, cursor(0) + "event: a\nid: @1\ndata: a\n\n" + cursor(2));
	}

	@Test
	void filteredEventMovesTheCursorWithTheNextKeepAlive() {
		TestClient<Object> client = prepare("");
		registerAndOpen(client);
		this.news.broadcast("a", "a", (session) -> false);
		this.engine.awaitDelivery();
		awaitMasked(client, cursor(0));
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(client, cursor(0) + cursor(1));
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(client, cursor(0) + cursor(1) + ":\n\n");
	}

}
