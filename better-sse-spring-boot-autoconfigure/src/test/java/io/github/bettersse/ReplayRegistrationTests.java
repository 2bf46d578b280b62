package io.github.bettersse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registrations that come and go while a session replays, and those that come late.
 *
 * <pre>
 *   while replaying   register with history: none(), from an id, id that is lost; without history
 *                     deregister from what is replayed, from another channel, from all
 *                     remove(channel) between two steps, while a step waits
 *   when live         all() with a full socket; two of them; the newest few; twice
 *   before the step   newcomers that ask for the newest events, and more come meanwhile
 * </pre>
 */
class ReplayRegistrationTests extends ReplayScene {

	private final Channel<Void, Object> news = channel("news", History.ofEvents(1000));

	private final Channel<Void, Object> sport = channel("sport", History.ofEvents(3));

	private final Channel<Void, Object> noise = this.engine.channels.channel("noise");

	private Replay replay;

	@Test
	void registrationWithoutHistoryWhileReplaying() {
		TestClient<Object> client = fullAfter(100);
		broadcast(this.noise, "v");
		Replay nothing = this.noise.register(client.session());
		broadcast(this.noise, "w");
		this.engine.awaitDelivery();
		client.connection().drain();
		awaitMasked(client, events(2, 100) + data("w"));
		broadcast(this.noise, "x");
		awaitMasked(client, events(2, 100) + data("w") + event(103, "x"));
		assertDone(nothing, false, 0);
	}

	@Test
	void registrationWithHistoryWhileReplaying() {
		TestClient<Object> client = fullAfter(100);
		broadcast(this.sport, "v");
		Replay late = this.sport.register(client.session());
		broadcast(this.sport, "w");
		broadcastUpTo(this.news, 103);
		this.engine.awaitDelivery();
		client.connection().drain();
		String caughtUp = events(2, 100) + event(102, "w") + events(103, 103) + cursor(103);
		awaitMasked(client, caughtUp);
		broadcast(this.sport, "x");
		awaitMasked(client, caughtUp + event(104, "x"));
		assertDone(late, true, 0);
		assertDone(this.replay, true, 99);
	}

	@Test
	void registrationFromAnEarlierIdWhileReplaying() {
		broadcast(this.sport, "u");
		TestClient<Object> client = fullAfter(100);
		broadcast(this.sport, "v");
		Replay late = this.sport.register(client.session(), ReplayFrom.id(position(0)));
		broadcast(this.sport, "w");
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.await().until(() -> Wire.masked(client.received()).endsWith(cursor(102)));
		int first = firstBehind(client, data("u"));
		awaitMasked(client,
				events(2, first - 1) + data("u") + events(first, 100) + data("v") + event(102, "w") + cursor(102));
		assertDone(late, true, 2);
	}

	@Test
	void lostRegistrationWhileReplayingDoesNotSetTheClientBack() {
		TestClient<Object> client = fullAfter(100);
		Replay late = this.sport.register(client.session(), ReplayFrom.id("never-given"));
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.await().until(() -> Wire.masked(client.received()).endsWith(cursor(100)));
		String received = Wire.masked(client.received());
		int replayed = received.substring(0, received.indexOf("event: stream-reset")).split("data: ").length;
		assertThat(received).isEqualTo(
				events(2, replayed) + reset(replayed, "sport", "unknown") + events(replayed + 1, 100) + cursor(100));
		assertDone(late, false, 0);
	}

	@Test
	void deregistrationFromAnotherChannelWhileReplaying() {
		broadcastUpTo(this.news, 100);
		TestClient<Object> client = prepare(position(1));
		Replay other = this.sport.register(client.session());
		this.news.register(client.session());
		openFull(client);
		this.sport.deregister(client.session());
		broadcast(this.sport, "x");
		this.engine.awaitDelivery();
		client.connection().drain();
		awaitMasked(client, events(2, 100));
		assertDone(other, false, 0);
	}

	@Test
	void deregistrationFromWhatIsReplayed() {
		broadcastUpTo(this.news, 99);
		broadcast(this.sport, "u");
		TestClient<Object> client = prepare(position(1));
		Replay other = this.sport.register(client.session());
		this.replay = this.news.register(client.session());
		openFull(client);
		this.news.deregister(client.session());
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.join(this.replay.completion());
		assertDone(other, true, 1);
		assertThat(this.replay.isComplete()).isFalse();
		awaitMasked(client, events(2, 1 + this.replay.getEventCount()) + event(100, "u"));
		broadcast(this.sport, "v");
		awaitMasked(client, events(2, 1 + this.replay.getEventCount()) + event(100, "u") + event(101, "v"));
	}

	@Test
	void deregistrationFromAllThatIsReplayed() {
		TestClient<Object> client = fullAfter(100);
		this.noise.register(client.session());
		this.news.deregister(client.session());
		broadcast(this.noise, "x");
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.join(this.replay.completion());
		assertThat(this.replay.isComplete()).isFalse();
		TestEngine.await()
			.untilAsserted(() -> assertThat(Wire.masked(client.received()))
				.startsWith(events(2, 1 + this.replay.getEventCount()))
				.endsWith(data("x")));
		broadcast(this.noise, "y");
		TestEngine.await()
			.untilAsserted(() -> assertThat(Wire.masked(client.received())).endsWith(data("x") + event(102, "y")));
	}

	@Test
	void channelThatIsRemovedBetweenTwoSteps() {
		TestClient<Object> client = fullAfter(100);
		this.noise.register(client.session());
		this.engine.channels.remove("news");
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.join(this.replay.completion());
		assertThat(this.replay.isComplete()).isFalse();
		assertThat(this.replay.getResetReason()).isNull();
		broadcast(this.noise, "x");
		TestEngine.await().untilAsserted(() -> assertThat(Wire.masked(client.received())).endsWith(event(101, "x")));
	}

	@Test
	void channelThatIsRemovedWhileAStepWaitsIsReset() {
		TestClient<Object> client = fullAfter(100);
		Gate delivery = this.engine.holdDelivery();
		client.connection().drain();
		this.engine.channels.remove("news");
		delivery.open();
		TestEngine.join(this.replay.completion());
		int last = 1 + this.replay.getEventCount();
		awaitMasked(client, events(2, last) + reset(last, "news", "trimmed") + cursor(100));
	}

	@Test
	void lateRegistrationForAllOfTheHistoryWithAFullSocket() {
		TestClient<Object> client = prepare("");
		this.sport.register(client.session());
		openFull(client);
		broadcast(this.sport, "a");
		broadcastUpTo(this.news, 100);
		Replay late = this.news.register(client.session(), ReplayFrom.all());
		broadcast(this.sport, "b");
		this.engine.awaitDelivery();
		broadcast(this.sport, "c");
		broadcastUpTo(this.news, 103);
		this.engine.awaitDelivery();
		client.connection().drain();
		awaitMasked(client, cursor(0) + event(1, "a") + withoutIds(2, 100) + event(101, "b") + event(102, "c")
				+ events(103, 103) + cursor(103));
		assertDone(late, true, 99);
	}

	@Test
	void twoLateRegistrationsForAllOfTheHistory() {
		Channel<Void, Object> chat = channel("chat", History.ofEvents(10));
		broadcast(chat, "a");
		broadcastUpTo(this.news, 100);
		broadcast(chat, "b");
		TestClient<Object> client = this.engine.connect();
		client.connection().fill();
		this.news.register(client.session(), ReplayFrom.all());
		Replay late = chat.register(client.session(), ReplayFrom.latest(1));
		this.engine.awaitDelivery();
		broadcast(chat, "c");
		client.connection().drain();
		awaitMasked(client, withoutIds(2, 100) + data("b") + event(102, "c") + cursor(102));
		assertDone(late, true, 1);
	}

	@Test
	void registeringTwiceGivesTheFirstReplay() {
		broadcastUpTo(this.news, 100);
		TestClient<Object> client = prepare(position(1));
		this.replay = this.news.register(client.session());
		assertThat(this.news.register(client.session())).isSameAs(this.replay);
		openFull(client);
		assertThat(this.news.register(client.session(), ReplayFrom.all())).isSameAs(this.replay);
		client.connection().drain();
		assertDone(this.replay, true, 99);
		assertThat(this.news.register(client.session())).isSameAs(this.replay);
		awaitMasked(client, events(2, 100));
	}

	@Test
	void newcomerThatAsksForTheNewestLosesNothingOfWhatComesMeanwhile() {
		broadcastUpTo(this.news, 3);
		TestClient<Object> client = prepare("");
		Replay newest = this.news.register(client.session(), ReplayFrom.latest(2));
		broadcastUpTo(this.news, 10);
		client.opening().complete();
		awaitMasked(client, events(4, 10));
		assertDone(newest, true, 0);
	}

	@Test
	void newcomerThatAsksForAllIsToldWhatCameMeanwhileAndIsGoneAgain() {
		broadcast(this.sport, "a");
		TestClient<Object> client = prepare("");
		Replay all = this.sport.register(client.session(), ReplayFrom.all());
		this.engine.awaitDelivery();
		broadcast(this.sport, "b", "c", "d", "e");
		client.opening().complete();
		awaitMasked(client, reset(2, "sport", "trimmed") + event(3, "c") + event(4, "d") + event(5, "e"));
		assertDone(all, false, 0);
	}

	@Test
	void newcomerThatGoesOnFromAnIdHasACursorInTheEnd() {
		broadcast(this.sport, "a", "b");
		TestClient<Object> client = prepare("");
		this.sport.register(client.session(), ReplayFrom.id(position(2)));
		client.opening().complete();
		awaitMasked(client, cursor(2));
	}

	private TestClient<Object> fullAfter(int events) {
		broadcastUpTo(this.news, events);
		TestClient<Object> client = prepare(position(1));
		this.replay = this.news.register(client.session());
		openFull(client);
		return client;
	}

	private static int firstBehind(TestClient<Object> client, String text) {
		String received = Wire.masked(client.received());
		String behind = received.substring(received.indexOf(text) + text.length());
		return Integer.parseInt(behind.substring("id: @".length(), behind.indexOf('\n')));
	}

	private static String withoutIds(int first, int last) {
		return events(first, last).replaceAll("id: @\\d+\n", "");
	}

}
