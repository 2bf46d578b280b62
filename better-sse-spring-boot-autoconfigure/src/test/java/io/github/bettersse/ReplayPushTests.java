package io.github.bettersse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What else is sent to a session that replays: it comes behind the replay, and never sets
 * the client back.
 *
 * <pre>
 *   push by another thread       before the registration, before the head, while replaying, behind the hand-over
 *   push with a given id         before the head, while replaying, behind it: resumes exactly there
 *   push by the handler          writes all of the replay first, however large
 *   batch, flush, keep-alive     while replaying
 *   events without history       before the head, while replaying; with each overflow strategy
 * </pre>
 */
class ReplayPushTests extends ReplayScene {

	private final Channel<Void, Object> news = channel("news", History.ofEvents(1000));

	private final Channel<Void, Object> noise = this.engine.channels.channel("noise");

	@Test
	void pushByAnotherThreadBeforeTheHead() {
		broadcastUpTo(this.news, 3);
		TestClient<Object> client = prepare(position(1));
		this.news.register(client.session());
		pushElsewhere(client, "x");
		client.opening().complete();
		awaitMasked(client, events(2, 3) + data("x"));
	}

	@Test
	void pushBeforeTheRegistrationDoesNotTakeTheCursorAway() {
		broadcastUpTo(this.news, 3);
		TestClient<Object> client = prepare(position(1));
		pushElsewhere(client, "x");
		this.news.register(client.session());
		client.opening().complete();
		awaitMasked(client, events(2, 3) + data("x"));
		assertThat(client.session().getLastEventId()).isEqualTo(position(3));
	}

	@Test
	void pushByAnotherThreadWhileReplaying() {
		TestClient<Object> client = fullAfter(100);
		pushElsewhere(client, "x");
		broadcastUpTo(this.news, 101);
		pushElsewhere(client, "y");
		client.connection().drain();
		awaitMasked(client, events(2, 101) + data("x", "y"));
		pushElsewhere(client, "z");
		awaitMasked(client, events(2, 101) + data("x", "y", "z"));
	}

	@Test
	void givenIdOfAPushBeforeTheHeadResumesBehindTheReplay() {
		broadcastUpTo(this.news, 3);
		TestClient<Object> client = prepare(position(1));
		this.news.register(client.session());
		this.engine.elsewhere(() -> client.session().push(Wire.event("mine")));
		broadcastUpTo(this.news, 4);
		client.opening().complete();
		awaitMasked(client, events(2, 4) + Wire.of("mine"));
		broadcastUpTo(this.news, 6);
		awaitMasked(client, events(2, 4) + Wire.of("mine") + events(5, 6));
		assertResumed("mine", 5, 6);
	}

	@Test
	void givenIdOfAPushWhileReplayingResumesBehindTheReplay() {
		TestClient<Object> client = fullAfter(100);
		this.engine.elsewhere(() -> client.session().push(Wire.event("mine")));
		broadcastUpTo(this.news, 101);
		client.connection().drain();
		awaitMasked(client, events(2, 101) + Wire.of("mine"));
		assertThat(client.session().getLastEventId()).isEqualTo("mine");
		broadcastUpTo(this.news, 103);
		assertResumed("mine", 102, 103);
	}

	@Test
	void givenIdOfAPushBetweenLiveEventsResumesThere() {
		TestClient<Object> client = fullAfter(3);
		client.connection().drain();
		broadcastUpTo(this.news, 5);
		client.session().push(Wire.event("mine"));
		broadcastUpTo(this.news, 7);
		awaitMasked(client, events(2, 5) + Wire.of("mine") + events(6, 7));
		assertResumed("mine", 6, 7);
	}

	@Test
	void pushByTheHandlerWritesAllOfALargeReplayFirst() {
		broadcastUpTo(this.news, 200);
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.news.register(client.session());
		client.session().push(SseEvent.raw("x"));
		assertThat(Wire.masked(client.received())).isEqualTo(events(2, 200) + data("x"));
		assertThat(client.connection().writers()).containsOnly(Thread.currentThread());
		assertDone(replay, true, 199);
		broadcastUpTo(this.news, 201);
		this.engine.awaitDelivery();
		client.session().push(SseEvent.raw("y"));
		assertThat(Wire.masked(client.received())).isEqualTo(events(2, 200) + data("x") + events(201, 201) + data("y"));
		client.opening().complete();
		broadcastUpTo(this.news, 202);
		awaitMasked(client, events(2, 200) + data("x") + events(201, 201) + data("y") + events(202, 202));
	}

	@Test
	void batchWaitsBehindTheReplay() {
		TestClient<Object> client = fullAfter(100);
		CompletableFuture<Void> batched = client.session()
			.batch((buffer) -> buffer.push(SseEvent.raw("x")).push(SseEvent.raw("y")));
		assertThat(batched).isNotDone();
		client.connection().drain();
		TestEngine.join(batched);
		assertThat(Wire.masked(client.received())).isEqualTo(events(2, 100) + data("x", "y"));
	}

	@Test
	void flushWaitsForWhatWasPushedBehindTheReplay() {
		TestClient<Object> client = fullAfter(100);
		client.session().push(SseEvent.raw("x"));
		CompletableFuture<Void> flushed = client.session().flush();
		this.engine.awaitDelivery();
		assertThat(flushed).isNotDone();
		client.connection().drain();
		TestEngine.join(flushed);
		assertThat(Wire.masked(client.received())).isEqualTo(events(2, 100) + data("x"));
	}

	@Test
	void noKeepAliveIsSentWhileReplaying() {
		TestClient<Object> client = fullAfter(100);
		Gate delivery = this.engine.holdDelivery();
		client.connection().drain();
		String first = client.received();
		this.engine.timer.advance(Duration.ofSeconds(15));
		assertThat(client.received()).isEqualTo(first);
		delivery.open();
		awaitMasked(client, events(2, 100));
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(client, events(2, 100) + ":\n\n");
	}

	@Test
	void eventsWithoutHistoryLoseTheirIdsBehindTheReplayAndKeepTheirOrder() {
		broadcastUpTo(this.news, 100);
		TestClient<Object> client = prepare(position(1));
		this.noise.register(client.session());
		this.news.register(client.session());
		broadcast(this.noise, "v");
		this.engine.awaitDelivery();
		openFull(client);
		broadcast(this.noise, "w");
		pushElsewhere(client, "x");
		this.noise.broadcast(SseEvent.raw("y").id("given"));
		this.engine.awaitDelivery();
		client.connection().drain();
		awaitMasked(client, events(2, 100) + data("v", "w", "x", "y"));
		broadcast(this.noise, "z");
		awaitMasked(client, events(2, 100) + data("v", "w", "x", "y") + event(104, "z"));
		assertThat(client.session().getLastEventId()).isEqualTo(position(104));
	}

	private TestClient<Object> fullAfter(int events) {
		broadcastUpTo(this.news, events);
		TestClient<Object> client = prepare(position(1));
		this.news.register(client.session());
		openFull(client);
		return client;
	}

	private void pushElsewhere(TestClient<Object> client, String text) {
		this.engine.elsewhere(() -> client.session().push(SseEvent.raw(text)));
	}

	private void assertResumed(String lastEventId, int first, int last) {
		TestClient<Object> client = prepare(lastEventId);
		assertThat(this.news.register(client.session()).isResumable()).isTrue();
		client.opening().complete();
		awaitMasked(client, events(first, last));
	}

}
