package io.github.bettersse;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;

/**
 * A broadcast at each moment of a replay: the client gets it once, in the log's order. A
 * step of a replay is requested at a position of the log, its bound; it runs in the
 * session's shard behind all deliveries up to that bound and before all others.
 *
 * <pre>
 *   the broadcast comes                                 and is
 *   1  between registration and head                    read by the first step
 *   2  before the first step was requested, and its     read by that step, ignored as a delivery
 *      delivery still waits
 *   3  when the first step waits, the last one too      delivered live
 *   4  as 2 and 3: on both sides of the bound           one of each
 *   5  when the window is full and no step waits        read by a later step
 *   6  when the next step waits, the last one           delivered live
 *   7  when the next step waits, not the last one       ignored as a delivery, read by a later step
 *   8  within the drain that makes room for a step      read by that step
 *   9  while the step reads and writes (its socket      delivered live or read, as 6 or 7
 *      takes part of it)
 *   10 after the hand-over, the replay still queued     delivered live, behind the replay
 *   11 to a newcomer at 1 to 4                          as for a client that resumes
 * </pre>
 */
class ReplayHandOverTests extends ReplayScene {

	private final Channel<Void, Object> news = channel("news", History.ofEvents(1000));

	@Test
	void broadcastBetweenRegistrationAndHead() {
		broadcast(this.news, "a");
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.news.register(client.session());
		broadcast(this.news, "b");
		this.engine.awaitDelivery();
		client.opening().complete();
		awaitMasked(client, event(2, "b"));
		assertDone(replay, true, 0);
	}

	@Test
	void broadcastWhoseDeliveryWaitsWhenTheFirstStepIsRequested() {
		TestClient<Object> client = prepareAtOne();
		Gate delivery = this.engine.holdDelivery();
		broadcast(this.news, "b");
		client.opening().complete();
		delivery.open();
		awaitMasked(client, event(2, "b"));
		broadcast(this.news, "c");
		awaitMasked(client, event(2, "b") + event(3, "c"));
	}

	@Test
	void broadcastBehindTheFirstStepThatIsTheLast() {
		TestClient<Object> client = prepareAtOne();
		Gate delivery = this.engine.holdDelivery();
		client.opening().complete();
		broadcast(this.news, "b", "c");
		delivery.open();
		awaitMasked(client, event(2, "b") + event(3, "c"));
	}

	@Test
	void broadcastsOnBothSidesOfTheBound() {
		TestClient<Object> client = prepareAtOne();
		Gate delivery = this.engine.holdDelivery();
		broadcast(this.news, "b");
		client.opening().complete();
		broadcast(this.news, "c");
		delivery.open();
		awaitMasked(client, event(2, "b") + event(3, "c"));
	}

	@Test
	void newcomerGetsBroadcastsOnBothSidesOfTheBoundToo() {
		broadcast(this.news, "a");
		TestClient<Object> client = prepare("");
		this.news.register(client.session());
		broadcast(this.news, "b");
		Gate delivery = this.engine.holdDelivery();
		broadcast(this.news, "c");
		client.opening().complete();
		broadcast(this.news, "d");
		delivery.open();
		awaitMasked(client, event(2, "b") + event(3, "c") + event(4, "d"));
	}

	@Test
	void newcomerThatRegistersWhileADeliveryWaitsGetsNothingOfIt() {
		this.news.register(this.engine.connect().session());
		Gate delivery = this.engine.holdDelivery();
		broadcast(this.news, "a");
		TestClient<Object> client = prepare("");
		this.news.register(client.session());
		broadcast(this.news, "b");
		client.opening().complete();
		broadcast(this.news, "c");
		delivery.open();
		awaitMasked(client, event(2, "b") + event(3, "c"));
	}

	@Test
	void broadcastWhileTheWindowIsFullAndNoStepWaits() {
		TestClient<Object> client = fullAfter(100);
		broadcastUpTo(this.news, 101);
		this.engine.awaitDelivery();
		client.connection().drain();
		awaitMasked(client, events(2, 101));
		assertLive(client, 102);
	}

	@Test
	void broadcastBehindTheNextStepThatIsTheLast() {
		TestClient<Object> client = fullAfter(45);
		Gate delivery = this.engine.holdDelivery();
		client.connection().drain();
		broadcastUpTo(this.news, 46);
		delivery.open();
		awaitMasked(client, events(2, 46));
		assertLive(client, 47);
	}

	@Test
	void broadcastBehindTheNextStepThatIsNotTheLast() {
		TestClient<Object> client = fullAfter(150);
		Gate delivery = this.engine.holdDelivery();
		client.connection().drain();
		broadcastUpTo(this.news, 151);
		delivery.open();
		awaitMasked(client, events(2, 151));
		assertLive(client, 152);
	}

	@Test
	void broadcastWithinTheDrainThatMakesRoom() {
		TestClient<Object> client = fullAfter(45);
		client.connection().during(Call.FLUSH, () -> broadcastUpTo(this.news, 46));
		client.connection().drain();
		awaitMasked(client, events(2, 46));
		assertLive(client, 47);
	}

	@Test
	void broadcastInEachDrainOfASocketThatTakesLittleAtATime() {
		TestClient<Object> client = fullAfter(150);
		for (int sequence = 151; sequence < 170; sequence++) {
			int next = sequence;
			client.connection().during(Call.WRITE, client.connection()::fill);
			client.connection().during(Call.WRITE, () -> broadcastUpTo(this.news, next));
			client.connection().drain();
			this.engine.awaitDelivery();
		}
		client.connection().drain();
		int last = (int) this.engine.parts().log().getPosition().sequence();
		awaitMasked(client, events(2, last));
		assertLive(client, last + 1);
	}

	@Test
	void broadcastBehindTheHandOverWhileTheReplayIsQueued() {
		TestClient<Object> client = fullAfter(20);
		broadcastUpTo(this.news, 25);
		this.engine.awaitDelivery();
		client.connection().drain();
		awaitMasked(client, events(2, 25));
	}

	private TestClient<Object> prepareAtOne() {
		broadcast(this.news, "a");
		TestClient<Object> client = prepare(position(1));
		this.news.register(client.session());
		this.engine.awaitDelivery();
		return client;
	}

	/** Open a session that misses all but the first of so many events of 1 KB. */
	private TestClient<Object> fullAfter(int events) {
		broadcastUpTo(this.news, events);
		TestClient<Object> client = prepare(position(1));
		this.news.register(client.session());
		openFull(client);
		return client;
	}

	private void assertLive(TestClient<Object> client, int sequence) {
		broadcastUpTo(this.news, sequence);
		awaitMasked(client, events(2, sequence));
	}

}
