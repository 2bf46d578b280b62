package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.bettersse.eventlog.ResetReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing is lost in silence: a client is told before it gets any id beyond what it has
 * lost. What filters take away is no loss.
 */
class ReplayLossTests extends ReplayScene {

	private final Channel<Void, Object> news = channel("news", History.ofEvents(1000));

	private final Channel<Void, Object> sport = channel("sport", History.ofEvents(2));

	@Test
	void clientIsToldOfALossInOneChannelBeforeItGetsIdsOfAnother() {
		broadcast(this.sport, "a", "b", "c", "d");
		broadcastUpTo(this.news, 6);
		TestClient<Object> client = prepare(position(1));
		this.sport.register(client.session());
		this.news.register(client.session());
		client.opening().complete();
		awaitMasked(client, reset(1, "sport", "trimmed") + events(5, 6));
	}

	@Test
	void clientThatWasToldIsNotToldAgain() {
		broadcastUpTo(this.news, 2);
		broadcast(this.sport, "a", "b", "c", "d");
		TestClient<Object> client = prepare(position(1));
		this.sport.register(client.session());
		this.news.register(client.session());
		client.opening().complete();
		awaitMasked(client, reset(1, "sport", "trimmed") + events(2, 2) + cursor(6));
	}

	@Test
	void historyThatIsTrimmedUnderAReplayIsToldAtThatPointAndLiveEventsFollow() {
		Channel<Void, Object> chat = channel("chat", History.ofEvents(120));
		broadcastUpTo(chat, 120);
		TestClient<Object> client = prepare(position(0));
		Replay replay = chat.register(client.session());
		openFull(client);
		broadcastUpTo(chat, 300);
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.join(replay.completion());
		int last = replay.getEventCount();
		assertThat(last).isBetween(1, 119);
		awaitMasked(client, events(1, last) + reset(last, "chat", "trimmed") + cursor(300));
		assertThat(replay.getResetReason()).isEqualTo(ResetReason.TRIMMED);
		assertThat(replay.isComplete()).isFalse();
		broadcastUpTo(chat, 301);
		awaitMasked(client, events(1, last) + reset(last, "chat", "trimmed") + cursor(300) + events(301, 301));
	}

	@Test
	void historyThatIsTrimmedUnderAReplayIsToldBeforeIdsOfAnotherChannelFollow() {
		broadcastUpTo(this.news, 100);
		broadcast(this.sport, "x");
		TestClient<Object> client = prepare(position(0));
		this.sport.register(client.session());
		Replay replay = this.news.register(client.session());
		openFull(client);
		broadcast(this.sport, "y", "z");
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.await().until(() -> Wire.masked(client.received()).endsWith(cursor(103)));
		String received = Wire.masked(client.received());
		int told = Integer.parseInt(received.replaceAll("(?s).*event: stream-reset\nid: @(\\d+)\n.*", "$1"));
		assertThat(received)
			.isEqualTo(events(1, told) + reset(told, "sport", "trimmed") + events(told + 1, 100) + cursor(103));
		assertThat(told).isLessThan(100);
		assertDone(replay, true, 100);
	}

	@Test
	void applicationHearsOfEachResetOnceWithItsReplay() {
		List<Replay> resets = Collections.synchronizedList(new ArrayList<>());
		List<String> order = Collections.synchronizedList(new ArrayList<>());
		this.sport.onReset((session, replay) -> {
			resets.add(replay);
			order.add("reset " + replay.getResetReason());
		}).onRegistered((session) -> order.add("registered"));
		broadcast(this.sport, "a", "b", "c", "d");
		TestClient<Object> client = prepare(position(1));
		client.session().onConnected(() -> order.add("connected"));
		Replay replay = this.sport.register(client.session());
		this.news.register(client.session());
		client.opening().complete();
		assertDone(replay, false, 0);
		assertThat(resets).containsExactly(replay);
		assertThat(order).containsExactly("connected", "registered", "reset trimmed");
	}

	@Test
	void filterThatFailsKeepsReplayedEventsAwayAndIsLoggedOnce() {
		Channel<Void, Object> chat = this.engine.channels.channel("chat",
				ChannelOptions.<Void, Object>builder().history(History.ofEvents(10)).filter((session, event) -> {
					if (String.valueOf(event.getData()).startsWith("bad")) {
						throw new IllegalStateException("broken");
					}
					return true;
				}).build());
		broadcast(chat, "a", "bad 1", "b", "bad 2");
		TestClient<Object> client = prepare(position(0));
		Replay replay = chat.register(client.session());
		client.opening().complete();
		awaitMasked(client, event(1, "a") + event(3, "b"));
		assertDone(replay, true, 2);
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING A filter of channel 'chat' has failed; sessions for which it fails do not get "
					+ "the event / java.lang.IllegalStateException: broken");
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(client, event(1, "a") + event(3, "b") + cursor(4));
	}

	@Test
	void predicateOfABroadcastHoldsOnReplayToo() {
		this.news.broadcast("a", "a", (session) -> false);
		this.news.broadcast("b", "b", (session) -> session.getHandshake().getMethod().equals("GET"));
		TestClient<Object> client = prepare(position(0));
		Replay replay = this.news.register(client.session());
		client.opening().complete();
		awaitMasked(client, "event: b\n" + event(2, "b"));
		assertDone(replay, true, 1);
	}

	@Test
	void replayOfWhichAllIsFilteredMovesTheCursorWithTheNextKeepAlive() {
		for (int i = 0; i < 100; i++) {
			this.news.broadcast(large(i), "a", (session) -> false);
		}
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.news.register(client.session());
		client.opening().complete();
		assertDone(replay, true, 0);
		assertThat(client.received()).isEmpty();
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(client, cursor(100));
		assertThat(client.session().getLastEventId()).isEqualTo(position(100));
	}

	@Test
	void nothingIsWrittenToThoseWhoDoNotGetAnEvent() {
		TestClient<Object> one = newcomer();
		TestClient<Object> other = newcomer();
		int writes = other.connection().writers().size();
		this.news.broadcast("a", "a", (session) -> session == one.session());
		this.engine.awaitDelivery();
		awaitMasked(one, cursor(0) + "event: a\n" + event(1, "a"));
		assertThat(other.connection().writers()).hasSize(writes);
		assertThat(other.session().getLastEventId()).isEqualTo(position(0));
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(other, cursor(0) + cursor(1));
		awaitMasked(one, cursor(0) + "event: a\n" + event(1, "a") + ":\n\n");
	}

	@Test
	void filteredEventMovesTheCursorWithTheNextEventThatHasAnId() {
		TestClient<Object> client = newcomer();
		this.news.broadcast("a", "a", (session) -> false);
		broadcast(this.news, "b");
		awaitMasked(client, cursor(0) + event(2, "b"));
		this.engine.timer.advance(Duration.ofSeconds(10));
		awaitMasked(client, cursor(0) + event(2, "b") + ":\n\n");
	}

	private TestClient<Object> newcomer() {
		TestClient<Object> client = prepare("");
		this.news.register(client.session());
		client.opening().complete();
		awaitMasked(client, cursor(0));
		return client;
	}

}
