package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogPage;
import io.github.bettersse.eventlog.Position;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which ids clients get and come back with, and what these mean.
 */
class ResumeIdTests extends ReplayScene {

	private boolean broken;

	private final Channel<Void, Object> news = channel("news", History.ofEvents(10));

	@Override
	void customize(SseEngineBuilder builder) {
		builder.eventLog(new ForwardingEventLog() {
			@Override
			public LogPage read(Map<String, Position> after, Position upTo, long maxSize) {
				if (ResumeIdTests.this.broken) {
					throw new IllegalStateException("broken");
				}
				return super.read(after, upTo, maxSize);
			}
		});
	}

	@Test
	void pageStartsFromThePositionOfItsSnapshot() {
		broadcast(this.news, "a");
		String snapshot = this.news.getPosition();
		broadcast(this.news, "b");
		Handshake handshake = Handshake.builder("GET", URI.create("/sse"))
			.queryParameters(Map.of("lastEventId", List.of(snapshot)))
			.build();
		TestClient<Object> client = this.engine.prepare(handshake, SessionOptions.builder().build());
		Replay replay = this.news.register(client.session());
		client.opening().complete();
		awaitMasked(client, event(2, "b"));
		assertThat(replay.isResumable()).isTrue();
	}

	@Test
	void clientThatIsNotTrustedNeitherResumesNorGetsCursors() {
		broadcast(this.news, "a", "b");
		TestClient<Object> client = prepare(position(1), SessionOptions.builder().trustClientEventId(false).build());
		Replay replay = this.news.register(client.session());
		client.opening().complete();
		assertDone(replay, true, 0);
		assertThat(replay.isResumable()).isFalse();
		this.news.broadcast("x", "x", (session) -> false);
		this.engine.awaitDelivery();
		this.engine.timer.advance(Duration.ofSeconds(10));
		broadcast(this.news, "c");
		awaitMasked(client, ":\n\n" + event(4, "c"));
	}

	@Test
	void clientThatIsNotTrustedGetsNoCursorOfALateRegistrationEither() {
		broadcast(this.news, "a");
		TestClient<Object> client = this.engine.connect(SessionOptions.builder().trustClientEventId(false).build());
		this.news.register(client.session(), ReplayFrom.all());
		broadcast(this.news, "b");
		awaitMasked(client, data("a") + event(2, "b"));
	}

	@Test
	void pushHasARandomIdUnlessTheSessionIsInAChannelWithHistory() {
		Channel<Void, Object> noise = this.engine.channels.channel("noise");
		TestClient<Object> client = this.engine.connect();
		noise.register(client.session());
		client.session().push(SseEvent.raw("a"));
		awaitMasked(client, "id: ~\n" + data("a"));
		this.news.register(client.session());
		this.engine.awaitDelivery();
		client.session().push(SseEvent.raw("b")).push(SseEvent.raw("c").id("mine"));
		this.news.deregister(client.session());
		client.session().push(SseEvent.raw("d"));
		awaitMasked(client,
				"id: ~\n" + data("a") + cursor(0) + data("b") + "id: mine\n" + data("c") + "id: ~\n" + data("d"));
	}

	@Test
	void givenIdOfABroadcastResumesWithAndWithoutHistory() {
		Channel<Void, Object> noise = this.engine.channels.channel("noise");
		this.news.broadcast(Wire.event("one"));
		broadcast(this.news, "a");
		noise.broadcast(Wire.event("two"));
		broadcast(this.news, "b");
		assertResumed("one", event(2, "a") + event(4, "b"));
		assertResumed("two", event(4, "b"));
		assertResumed(position(0), Wire.of("one") + event(2, "a") + event(4, "b"));
	}

	private void assertResumed(String lastEventId, String expected) {
		TestClient<Object> client = prepare(lastEventId);
		assertThat(this.news.register(client.session()).isResumable()).isTrue();
		client.opening().complete();
		awaitMasked(client, expected);
	}

	@Test
	void positionOfAnEventWithoutHistoryResumes() {
		TestClient<Object> client = this.engine.connect();
		Channel<Void, Object> noise = this.engine.channels.channel("noise");
		noise.register(client.session());
		broadcast(this.news, "a");
		broadcast(noise, "x");
		awaitMasked(client, event(2, "x"));
		broadcast(this.news, "b");
		assertResumed(client.session().getLastEventId(), event(3, "b"));
	}

	@Test
	void logThatCannotBeReadEndsTheSessionSoThatItsClientComesBack() {
		broadcast(this.news, "a", "b");
		this.broken = true;
		TestClient<Object> client = prepare(position(1));
		Replay replay = this.news.register(client.session());
		client.opening().complete();
		assertDone(replay, false, 0);
		assertThat(client.session().isConnected()).isFalse();
		assertThat(client.received()).isEmpty();
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("SEVERE A delivery has failed unexpectedly / java.lang.IllegalStateException: broken");
		this.broken = false;
		assertResumed(position(1), event(2, "b"));
	}

}
