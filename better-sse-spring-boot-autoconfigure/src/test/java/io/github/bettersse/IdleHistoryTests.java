package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The history of a channel outlives its last session for a time.
 */
class IdleHistoryTests extends ReplayScene {

	private static final Duration NANO = Duration.ofNanos(1);

	@Override
	void customize(SseEngineBuilder builder) {
		builder.history("user:*", History.ofEvents(10))
			.history("aged", History.ofAge(Duration.ofMinutes(2)))
			.history("kept", History.ofEvents(10));
	}

	@Test
	void userWhoComesBackWithinFiveMinutesGetsWhatItMissed() {
		TestClient<Object> first = user("ann", "");
		first.opening().complete();
		awaitMasked(first, cursor(0));
		first.connection().vanish(null);
		this.engine.awaitDelivery();
		this.engine.timer.advance(Duration.ofMinutes(3));
		this.engine.channels.user("ann").broadcast(SseEvent.raw("a"));
		this.engine.timer.advance(Duration.ofMinutes(5).minus(NANO));
		TestClient<Object> second = user("ann", position(0));
		second.opening().complete();
		awaitMasked(second, event(1, "a"));
	}

	@Test
	void historyOfAUserWhoStaysAwayIsGivenBackAndToldToBeLost() {
		this.engine.channels.user("ann").broadcast(SseEvent.raw("a"));
		assertThat(this.engine.channels.find("user:ann")).isPresent();
		this.engine.timer.advance(Duration.ofMinutes(5).minus(NANO));
		assertThat(this.engine.channels.find("user:ann")).isPresent();
		this.engine.timer.advance(NANO);
		assertThat(this.engine.channels.find("user:ann")).isEmpty();
		assertThat(this.engine.timer.getTaskCount()).isZero();
		TestClient<Object> client = user("ann", position(0));
		client.opening().complete();
		awaitMasked(client, reset(1, "user:ann", "trimmed"));
		TestClient<Object> upToDate = user("ann", position(1));
		upToDate.opening().complete();
		this.engine.channels.user("ann").broadcast(SseEvent.raw("b"));
		awaitMasked(upToDate, event(2, "b"));
	}

	@Test
	void channelsOfUsersWhoNeverReturnAreGivenBack() {
		for (int i = 0; i < 1000; i++) {
			TestClient<Object> client = user("user" + i, "");
			client.opening().complete();
			this.engine.channels.user("user" + i).broadcast(SseEvent.raw("a"));
			client.connection().vanish(null);
		}
		this.engine.awaitDelivery();
		assertThat(this.engine.channels.getChannels()).hasSize(1000);
		this.engine.timer.advance(Duration.ofMinutes(5));
		assertThat(this.engine.channels.getChannels()).isEmpty();
		assertThat(this.engine.channels.find("user:user7")).isEmpty();
	}

	@Test
	void historyIsKeptAsLongAsSomebodyIsThere() {
		TestClient<Object> client = user("ann", "");
		client.opening().complete();
		this.engine.channels.user("ann").broadcast(SseEvent.raw("a"));
		awaitMasked(client, cursor(0) + event(1, "a"));
		this.engine.timer.advance(Duration.ofHours(1));
		client.connection().vanish(null);
		this.engine.awaitDelivery();
		this.engine.timer.advance(Duration.ofMinutes(5).minus(NANO));
		TestClient<Object> second = user("ann", position(0));
		second.opening().complete();
		awaitMasked(second, event(1, "a"));
	}

	@Test
	void greatestAgeOfItsEventsIsHowLongAnEmptyChannelKeepsThem() {
		Channel<Void, Object> aged = this.engine.channels.channel("aged");
		broadcast(aged, "a");
		this.engine.timer.advance(Duration.ofMinutes(1));
		broadcast(aged, "b");
		this.engine.timer.advance(Duration.ofMinutes(2).minus(NANO));
		assertThat(retained("aged", 1)).isTrue();
		this.engine.timer.advance(NANO);
		assertThat(retained("aged", 1)).isFalse();
		assertThat(retained("aged", 2)).isTrue();
		assertThat(this.engine.channels.find("aged")).as("a channel of no user stays").containsSame(aged);
	}

	@Test
	void historyIsKeptForeverIfTheOptionsSaySo() {
		Channel<Void, Object> kept = this.engine.channels.channel("kept",
				ChannelOptions.<Void, Object>builder().keepWhenEmpty().build());
		broadcast(kept, "a");
		this.engine.timer.advance(Duration.ofDays(1));
		assertThat(retained("kept", 0)).isTrue();
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	@Test
	void historyOfARecreatedChannelIsNotGivenBackForTheRemovedOne() {
		Channel<Void, Object> removed = this.engine.channels.channel("kept");
		broadcast(removed, "a");
		this.engine.channels.remove("kept");
		Channel<Void, Object> recreated = this.engine.channels.channel("kept");
		TestClient<Object> client = this.engine.connect();
		recreated.register(client.session());
		broadcast(recreated, "b");
		this.engine.awaitDelivery();
		this.engine.timer.advance(Duration.ofHours(1));
		assertThat(retained("kept", 1)).isTrue();
		assertThat(retained("kept", 0)).isFalse();
	}

	private boolean retained(String channel, long sequence) {
		return this.engine.parts().log().isRetained(channel, this.engine.parts().log().getPosition().at(sequence));
	}

	private TestClient<Object> user(String name, String lastEventId) {
		Handshake.Builder handshake = Handshake.builder("GET", URI.create("/sse")).principal(() -> name);
		if (!lastEventId.isEmpty()) {
			handshake.headers(Map.of("Last-Event-ID", List.of(lastEventId)));
		}
		return this.engine.prepare(handshake.build(), SessionOptions.builder().keepAlive(Duration.ZERO).build());
	}

}
