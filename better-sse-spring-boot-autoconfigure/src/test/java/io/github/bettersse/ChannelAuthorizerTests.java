package io.github.bettersse;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who may be in a channel is asked for each registration, and again before a replay.
 */
class ChannelAuthorizerTests extends ReplayScene {

	private final List<String> asked = new ArrayList<>();

	private Predicate<String> allowed = (channel) -> true;

	@Override
	void customize(SseEngineBuilder builder) {
		builder.channelAuthorizer((handshake, channel) -> {
			this.asked.add(handshake.getUri() + " " + channel);
			return this.allowed.test(channel);
		});
	}

	@Test
	void deniedRegistrationFailsAndLeavesNoTrace() {
		this.allowed = (channel) -> !channel.equals("secret");
		Channel<Void, Object> secret = this.engine.channels.channel("secret");
		TestClient<Object> client = this.engine.connect();
		assertThatExceptionOfType(ChannelDeniedException.class).isThrownBy(() -> secret.register(client.session()))
			.withMessage("The session is not allowed to register with channel 'secret'.")
			.satisfies((ex) -> assertThat(ex.getChannel()).isEqualTo("secret"))
			.isInstanceOf(SseException.class);
		broadcast(secret, "a");
		client.session().push(SseEvent.raw("b").id("1"));
		client.awaitReceived("id: 1\ndata: b\n\n");
		assertThat(secret.getSessionCount()).isZero();
		assertThat(client.session().isConnected()).isTrue();
		assertThat(this.asked).containsExactly("/sse secret");
	}

	@Test
	void failingAuthorizerFailsTheRegistration() {
		this.allowed = (channel) -> {
			throw new IllegalStateException("no database");
		};
		Channel<Void, Object> news = this.engine.channels.channel("news");
		TestClient<Object> client = this.engine.connect();
		assertThatIllegalStateException().isThrownBy(() -> news.register(client.session())).withMessage("no database");
		assertThat(news.getSessionCount()).isZero();
	}

	@Test
	void channelOfTheOwnUserIsNotAskedFor() {
		this.allowed = (channel) -> false;
		TestClient<Object> client = this.engine.prepare(
				Handshake.builder("GET", URI.create("/sse")).principal(() -> "ann").build(),
				SessionOptions.builder().build());
		client.opening().complete();
		broadcast(this.engine.channels.user("ann"), "a");
		awaitMasked(client, event(1, "a"));
		assertThatExceptionOfType(ChannelDeniedException.class)
			.isThrownBy(() -> this.engine.channels.user("bob").register(client.session()));
		assertThat(this.asked).containsExactly("/sse user:bob");
	}

	@Test
	void isAskedAgainBeforeAReplay() {
		Channel<Void, Object> news = channel("news", History.ofEvents(10));
		Channel<Void, Object> live = this.engine.channels.channel("live");
		broadcast(news, "a", "b");
		TestClient<Object> client = prepare(position(1));
		news.register(client.session());
		live.register(client.session());
		client.opening().complete();
		awaitMasked(client, event(2, "b"));
		assertThat(this.asked).containsExactly("/sse news", "/sse live", "/sse news");
	}

	@Test
	void whatIsNotAllowedAnyMoreIsNotReplayed() {
		Channel<Void, Object> news = channel("news", History.ofEvents(10));
		Channel<Void, Object> sport = channel("sport", History.ofEvents(10));
		broadcast(news, "a", "b");
		broadcast(sport, "c");
		TestClient<Object> client = prepare(position(1));
		Replay replay = news.register(client.session());
		sport.register(client.session());
		this.allowed = (channel) -> channel.equals("sport");
		client.opening().complete();
		awaitMasked(client, event(3, "c") + revoked("news"));
		broadcast(news, "d");
		broadcast(sport, "e");
		awaitMasked(client, event(3, "c") + revoked("news") + event(5, "e"));
		assertDone(replay, false, 0);
		assertThat(news.getSessionCount()).isZero();
	}

	@Test
	void failingAuthorizerLetsNothingBeReplayed() {
		Channel<Void, Object> news = channel("news", History.ofEvents(10));
		broadcast(news, "a", "b");
		TestClient<Object> client = prepare(position(1));
		news.register(client.session());
		this.allowed = (channel) -> {
			throw new IllegalStateException("no database");
		};
		client.opening().complete();
		awaitMasked(client, revoked("news"));
		assertThat(this.engine.log.takeWarnings()).singleElement().asString().contains("loses the channel 'news'");
	}

	private static String revoked(String channel) {
		return "event: channel-revoked\ndata: {\"channel\":\"" + channel + "\"}\n\n";
	}

}
