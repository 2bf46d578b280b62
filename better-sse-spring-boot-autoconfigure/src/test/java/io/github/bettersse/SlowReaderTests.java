package io.github.bettersse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A client that does not read loses its own session and nothing else.
 */
class SlowReaderTests {

	/** The size of an event of {@link Wire} with a name of one letter. */
	private static final int EVENT = Wire.of("a").length();

	/** For how long a full queue may stand still. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	@RegisterExtension
	private final TestEngine engine = new TestEngine(
			(builder) -> builder.sessionDefaults(SessionOptions.builder().noRetry().maxQueueSize(2L * EVENT).build()));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> slow = this.engine.connect();

	private final RecordingConnection connection = this.slow.connection();

	SlowReaderTests() {
		this.news.register(this.slow.session());
	}

	@Test
	void overflowEndsOnlyTheSlowSession() {
		TestClient<Object> quick = this.engine.connect();
		this.news.register(quick.session());
		this.connection.fill();
		for (String name : List.of("a", "b", "c", "d")) {
			this.news.broadcast(Wire.event(name));
			this.engine.awaitDelivery();
			this.engine.timer.advance(PATIENCE);
		}
		assertThat(quick.received()).isEqualTo(Wire.of("a", "b", "c", "d"));
		assertThat(quick.session().isConnected()).isTrue();
		assertThat(reason()).isEqualTo(DisconnectReason.OVERFLOW);
		assertThat(calls()).containsExactly("abort");
		assertThat(this.news.getSessions()).singleElement().isSameAs(quick.session());
		assertThat(this.engine.engine.getSessions()).doesNotContain(this.slow.session());
	}

	@Test
	void queueThatIsExactlyFullIsNoOverflow() {
		this.connection.fill();
		this.slow.session().push(Wire.event("a")).push(Wire.event("b"));
		assertThat(this.slow.session().isConnected()).isTrue();
		this.connection.drain();
		assertThat(this.slow.received()).isEqualTo(Wire.of("a", "b"));
	}

	@Test
	void oneByteTooManyIsAnOverflow() {
		this.connection.fill();
		this.slow.session().push(Wire.event("a"));
		this.engine.timer.advance(PATIENCE);
		this.slow.session().push("b", "message", "bb");
		assertThat(reason()).isEqualTo(DisconnectReason.OVERFLOW);
		assertThat(calls()).containsExactly("abort");
	}

	@Test
	void pushThatOverflowsReturnsAndTheNextOneThrows() {
		this.connection.fill();
		Session<Object> session = this.slow.session();
		session.push(Wire.event("a")).push(Wire.event("b"));
		this.engine.timer.advance(PATIENCE);
		session.push(Wire.event("c"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> session.push(Wire.event("d")));
	}

	@Test
	void roomComesBackWithWhatWasWritten() {
		this.connection.fill();
		this.slow.session().push(Wire.event("a")).push(Wire.event("b"));
		this.connection.drain();
		this.connection.fill();
		this.slow.session().push(Wire.event("c")).push(Wire.event("d"));
		this.connection.drain();
		assertThat(this.slow.received()).isEqualTo(Wire.of("a", "b", "c", "d"));
	}

	@Test
	void eventLargerThanTheBoundPassesWhenTheQueueIsEmpty() {
		String text = "x".repeat(1000);
		this.connection.fill();
		this.slow.session().push(text, "large", "1");
		assertThat(this.slow.session().isConnected()).isTrue();
		this.connection.drain();
		assertThat(this.slow.received()).isEqualTo("event: large\nid: 1\ndata: " + text + "\n\n");
	}

	@Test
	void eventBehindOneLargerThanTheBoundIsAnOverflow() {
		this.connection.fill();
		this.slow.session().push("x".repeat(1000));
		this.engine.timer.advance(PATIENCE);
		this.slow.session().push(Wire.event("a"));
		assertThat(reason()).isEqualTo(DisconnectReason.OVERFLOW);
	}

	@Test
	void overflowFailsWhoWaitsForAFlush() {
		this.connection.fill();
		CompletableFuture<Void> batched = this.slow.session().batch((buffer) -> buffer.push(Wire.event("a")));
		this.engine.timer.advance(PATIENCE);
		CompletableFuture<Void> overflowing = this.slow.session()
			.batch((buffer) -> buffer.push(Wire.event("b")).push(Wire.event("c")));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(batched))
			.withMessage("The session ended before all was sent.");
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(overflowing))
			.withMessage("The session ended before all was sent.");
	}

	@Test
	void closeWithAFullSocketCutsTheStreamAfterOneSecond() {
		this.connection.fill();
		this.slow.session().push(Wire.event("a")).close();
		assertThat(this.slow.session().isConnected()).isFalse();
		this.engine.timer.advance(Duration.ofMillis(999));
		assertThat(calls()).isEmpty();
		this.engine.timer.advance(Duration.ofMillis(1));
		assertThat(calls()).containsExactly("abort");
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
	}

	@Test
	void disconnectWithAFullSocketCutsTheStreamAfterOneSecond() {
		this.connection.fill();
		this.slow.session().push(Wire.event("a")).push(Wire.event("b")).disconnect();
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(calls()).containsExactly("abort");
		assertThat(reason()).isEqualTo(DisconnectReason.DISCONNECTED);
	}

	@Test
	void disconnectEventIsNeverDropped() {
		this.connection.fill();
		this.slow.session().push(Wire.event("a")).push(Wire.event("b")).disconnect();
		this.connection.drain();
		assertThat(this.slow.received())
			.isEqualTo(Wire.of("a", "b") + "event: disconnect\nretry: 2147483647\ndata: null\n\n");
	}

	@Test
	void closeWithAFullSocketSendsAllIfTheSocketHasRoomInTime() {
		this.connection.fill();
		this.slow.session().push(Wire.event("a")).close();
		this.engine.timer.advance(Duration.ofMillis(999));
		this.connection.drain();
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "close");
		this.engine.timer.advance(Duration.ofSeconds(10));
		assertThat(calls()).last().isEqualTo("close");
	}

	@Test
	void closeBehindABroadcastCutsTheStreamOneSecondAfterItsDelivery() {
		this.connection.fill();
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.slow.session().close();
		this.engine.timer.advance(Duration.ofSeconds(5));
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(calls()).isEmpty();
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(calls()).containsExactly("abort");
	}

	@Test
	void sessionClosedInItsHandlerIsCutOneSecondAfterTheSocketHasFilledUp() {
		TestClient<Object> client = this.engine.prepare();
		this.news.register(client.session());
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		client.session().close();
		client.connection().during(ConnectionScript.Call.START, client.connection()::fill);
		client.opening().complete();
		delivery.open();
		this.engine.awaitDelivery();
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "abort");
	}

	private DisconnectReason reason() {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.slow.session().onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

	/** Return what was called after the head went out. */
	private List<String> calls() {
		return this.connection.calls().subList(3, this.connection.calls().size());
	}

}
