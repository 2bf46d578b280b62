package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A user is taken out of a channel.
 *
 * <pre>
 *   the session      open; opening, revoked by another thread or by its handler; replaying; full; of another user
 *   a registration   before the revocation; between question and registration; after it
 * </pre>
 */
class RevokeTests extends ReplayScene {

	private static final String REVOKED = "event: channel-revoked\ndata: {\"channel\":\"news\"}\n\n";

	private final AtomicBoolean allowed = new AtomicBoolean(true);

	private Runnable meanwhile = () -> {
	};

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	@Override
	void customize(SseEngineBuilder builder) {
		builder.channelAuthorizer((handshake, channel) -> {
			boolean answer = this.allowed.get();
			Runnable meanwhile = this.meanwhile;
			this.meanwhile = () -> {
			};
			meanwhile.run();
			return answer;
		});
	}

	@Test
	void sessionsOfTheUserLeaveTheChannelAtOnce() {
		TestClient<Object> first = connect("ann");
		TestClient<Object> second = connect("ann");
		TestClient<Object> other = connect("bob");
		CompletableFuture<Session<?>> left = new CompletableFuture<>();
		this.news.onDeregistered(left::complete);
		broadcast(this.news, "a");
		this.engine.channels.revoke("ann", "news");
		assertThat(this.news.getSessions()).singleElement().isSameAs(other.session());
		broadcast(this.news, "b");
		awaitMasked(first, event(1, "a") + REVOKED);
		awaitMasked(second, event(1, "a") + REVOKED);
		awaitMasked(other, event(1, "a") + event(2, "b"));
		assertThat(TestEngine.join(left)).isIn(first.session(), second.session());
		assertThat(first.session().isConnected()).isTrue();
		first.session().push(SseEvent.raw("c").id("1"));
		awaitMasked(first, event(1, "a") + REVOKED + "id: 1\ndata: c\n\n");
	}

	@Test
	void withoutSuchAUserOrChannelNothingHappens() {
		TestClient<Object> client = connect("ann");
		this.engine.channels.revoke("kim", "news");
		this.engine.channels.revoke("ann", "unknown");
		broadcast(this.news, "a");
		awaitMasked(client, event(1, "a"));
		assertThat(this.engine.channels.find("unknown")).isEmpty();
	}

	@Test
	void nameOfTheChannelIsEscaped() {
		Channel<Void, Object> odd = this.engine.channels.channel("a\"b\\c\n");
		TestClient<Object> client = connect("ann");
		odd.register(client.session());
		this.engine.channels.revoke("ann", odd.getName());
		client.awaitReceived("event: channel-revoked\ndata: {\"channel\":\"a\\\"b\\\\c\\u000a\"}\n\n");
	}

	@Test
	void ofASessionThatOpensByAnotherThread() {
		TestClient<Object> client = opening("ann");
		this.news.register(client.session());
		broadcast(this.news, "a");
		this.engine.elsewhere(() -> this.engine.channels.revoke("ann", "news"));
		broadcast(this.news, "b");
		assertThat(client.received()).isEmpty();
		client.opening().complete();
		awaitMasked(client, event(1, "a") + REVOKED);
	}

	@Test
	void byTheHandlerOfTheSessionCommitsNothing() {
		TestClient<Object> client = opening("ann");
		this.news.register(client.session());
		this.engine.channels.revoke("ann", "news");
		this.engine.awaitDelivery();
		assertThat(client.opening().isCommitted()).isFalse();
		client.session().push(SseEvent.raw("a").id("1"));
		client.awaitReceived(REVOKED + "id: 1\ndata: a\n\n");
	}

	@Test
	void ofARefusedSessionIsNothing() {
		TestClient<Object> client = opening("ann");
		this.news.register(client.session());
		this.engine.channels.revoke("ann", "news");
		client.opening().refuse();
		this.engine.awaitDelivery();
		assertThat(client.received()).isEmpty();
	}

	@Test
	void endsAReplayInTheMiddle() {
		Channel<Void, Object> past = channel("past", History.ofEvents(1000));
		broadcastUpTo(past, 100);
		TestClient<Object> client = opening("ann", position(1));
		Replay replay = past.register(client.session());
		openFull(client);
		this.engine.channels.revoke("ann", "past");
		this.engine.awaitDelivery();
		client.connection().drain();
		TestEngine.join(replay.completion());
		assertThat(replay.isComplete()).isFalse();
		int last = 1 + replay.getEventCount();
		awaitMasked(client, events(2, last) + REVOKED.replace("news", "past"));
	}

	@Test
	void isNeverDropped() {
		SessionOptions<Object> options = SessionOptions.builder()
			.maxQueueSize(40)
			.overflow(OverflowStrategy.DROP_OLDEST)
			.build();
		TestClient<Object> client = this.engine.prepare(handshake("ann").build(), options);
		this.news.register(client.session());
		client.connection().during(Call.START, client.connection()::fill);
		client.opening().complete();
		this.engine.timer.advance(Duration.ofSeconds(1));
		broadcast(this.news, "first".repeat(8));
		this.engine.channels.revoke("ann", "news");
		this.engine.awaitDelivery();
		client.session().push(SseEvent.raw("last".repeat(10)).id("1"));
		this.engine.awaitDelivery();
		client.connection().drain();
		awaitMasked(client, REVOKED + "id: 1\n" + data("last".repeat(10)));
	}

	@Test
	void betweenTheQuestionAndTheRegistrationRefusesIt() {
		TestClient<Object> client = opening("ann");
		client.opening().complete();
		this.meanwhile = () -> {
			this.allowed.set(false);
			this.engine.channels.revoke("ann", "news");
		};
		assertThatExceptionOfType(ChannelDeniedException.class).isThrownBy(() -> this.news.register(client.session()));
		assertThat(this.news.getSessionCount()).isZero();
		broadcast(this.news, "a");
		this.engine.awaitDelivery();
		assertThat(client.received()).isEmpty();
	}

	@Test
	void ofSomethingElseMeanwhileDoesNotHarmARegistration() {
		TestClient<Object> client = opening("ann");
		client.opening().complete();
		this.meanwhile = () -> this.engine.channels.revoke("bob", "sport");
		this.news.register(client.session());
		broadcast(this.news, "a");
		awaitMasked(client, event(1, "a"));
	}

	private TestClient<Object> connect(String user) {
		TestClient<Object> client = opening(user);
		this.news.register(client.session());
		client.opening().complete();
		return client;
	}

	private TestClient<Object> opening(String user) {
		return this.engine.prepare(handshake(user).build(), SessionOptions.builder().build());
	}

	private TestClient<Object> opening(String user, String lastEventId) {
		return this.engine.prepare(handshake(user).queryParameters(Map.of("lastEventId", List.of(lastEventId))).build(),
				SessionOptions.builder().build());
	}

	private static Handshake.Builder handshake(String user) {
		return Handshake.builder("GET", URI.create("/sse")).principal(() -> user);
	}

}
