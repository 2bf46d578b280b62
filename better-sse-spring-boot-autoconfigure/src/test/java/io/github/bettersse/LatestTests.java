package io.github.bettersse;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

/**
 * Newcomers get the last event of each name, without an id, before what comes live.
 */
class LatestTests extends ReplayScene {

	private final Channel<Void, Object> prices = this.engine.channels.channel("prices",
			ChannelOptions.<Void, Object>builder()
				.latest()
				.filter((session, event) -> !"secret".equals(event.getName()))
				.build());

	private final Channel<Void, Object> rooms = this.engine.channels.channel("rooms",
			ChannelOptions.<Void, Object>builder().latest().history(History.ofEvents(2)).build());

	@Test
	void newcomerGetsTheLastOfEachNameInTheOrderOfTheLog() {
		price(this.prices, "a", "1");
		price(this.prices, "b", "2");
		price(this.prices, "secret", "3");
		price(this.prices, "a", "4");
		TestClient<Object> client = prepare("");
		this.prices.register(client.session());
		client.opening().complete();
		price(this.prices, "a", "5");
		awaitMasked(client, named("b", "2") + named("a", "4") + named("a", 5, "5"));
	}

	@Test
	void lateNewcomerGetsThemBetweenWhatWasSentBeforeAndAfter() {
		TestClient<Object> client = this.engine.connect();
		this.prices.register(this.engine.connect().session());
		price(this.prices, "a", "1");
		Gate delivery = this.engine.holdDelivery();
		price(this.prices, "a", "2");
		this.prices.register(client.session());
		price(this.prices, "a", "3");
		delivery.open();
		awaitMasked(client, named("a", "2") + named("a", 3, "3"));
	}

	@Test
	void predicateOfTheBroadcastHoldsForTheLatestValueToo() {
		this.prices.broadcast("1", "a", (session) -> false);
		price(this.prices, "b", "2");
		TestClient<Object> client = this.engine.connect();
		this.prices.register(client.session());
		awaitMasked(client, named("b", "2"));
	}

	@Test
	void withHistoryTheyComeBehindTheCursor() {
		price(this.rooms, "a", "1");
		TestClient<Object> client = prepare("");
		this.rooms.register(client.session());
		client.opening().complete();
		awaitMasked(client, cursor(1) + named("a", "1"));
		TestClient<Object> late = this.engine.connect();
		this.rooms.register(late.session());
		awaitMasked(late, cursor(1) + named("a", "1"));
	}

	@Test
	void whatCameMeanwhileIsNotSentTwice() {
		price(this.rooms, "a", "1");
		price(this.rooms, "b", "2");
		TestClient<Object> client = prepare("");
		this.rooms.register(client.session());
		this.engine.awaitDelivery();
		price(this.rooms, "a", "3");
		client.opening().complete();
		awaitMasked(client, named("a", 3, "3") + named("b", "2"));
	}

	@Test
	void whoResumesGetsWhatItMissedAndNoLatestValues() {
		price(this.rooms, "a", "1");
		price(this.rooms, "b", "2");
		TestClient<Object> client = prepare(position(1));
		this.rooms.register(client.session());
		client.opening().complete();
		price(this.rooms, "a", "3");
		awaitMasked(client, named("b", 2, "2") + named("a", 3, "3"));
	}

	@Test
	void whoIsResetGetsAllOfThem() {
		for (String name : new String[] { "a", "b", "a", "c" }) {
			price(this.rooms, name, name);
		}
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.rooms.register(client.session());
		client.opening().complete();
		awaitMasked(client, reset(4, "rooms", "trimmed") + named("b", "b") + named("a", "a") + named("c", "c"));
		assertDone(replay, false, 0);
	}

	private void price(Channel<Void, Object> channel, String name, String text) {
		channel.broadcast(SseEvent.raw(text).name(name));
	}

	private static String named(String name, String text) {
		return "event: " + name + "\n" + data(text);
	}

	private static String named(String name, int sequence, String text) {
		return "event: " + name + "\n" + event(sequence, text);
	}

}
