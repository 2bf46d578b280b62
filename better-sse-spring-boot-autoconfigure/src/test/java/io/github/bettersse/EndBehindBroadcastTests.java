package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What ends or flushes a session comes behind the broadcasts before it, as a push does.
 */
class EndBehindBroadcastTests {

	private static final String DISCONNECT = "event: disconnect\nretry: 2147483647\ndata: null\n\n";

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	EndBehindBroadcastTests() {
		this.news.register(this.session);
	}

	@Test
	void closedSessionStillGetsABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.session.close();
		assertThat(this.session.isConnected()).isFalse();
		assertThat(this.news.getSessions()).isEmpty();
		this.news.broadcast(Wire.event("b"));
		assertThat(calls()).isEmpty();
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "close");
	}

	@Test
	void disconnectedSessionStillGetsABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.session.push(Wire.event("b"));
		this.session.disconnect();
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b") + DISCONNECT);
		assertThat(calls()).last().isEqualTo("close");
	}

	@Test
	void sessionThatIsClosedBehindABroadcastTakesNoPush() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.session.close();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push(Wire.event("b")))
			.withMessage("Cannot push data to a non-active session.");
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void closedAfterADeregistrationStillGetsABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.news.deregister(this.session);
		this.session.close();
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "close");
	}

	@Test
	void closeWithNothingPendingIsDoneByItsCaller() {
		this.engine.awaitDelivery();
		Gate delivery = this.engine.holdDelivery();
		this.session.close();
		assertThat(calls()).containsExactly("close");
		delivery.open();
	}

	@Test
	void stoppedEngineStillSendsABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.engine.engine::stop);
		this.session.onDisconnected((reason) -> delivery.open());
		TestEngine.join(stopped);
		assertThat(this.client.received()).matches("(?s)\\Q" + Wire.of("a") + "\\Eretry: [2-7][0-9]{3}\n\n");
		assertThat(calls()).last().isEqualTo("close");
	}

	@Test
	void batchGoesBehindABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		CompletableFuture<Void> batched = this.session
			.batch((buffer) -> buffer.push(Wire.event("b")).push(Wire.event("c")));
		assertThat(calls()).isEmpty();
		assertThat(batched).isNotDone();
		delivery.open();
		TestEngine.join(batched);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "write " + Wire.of("b", "c"), "flush");
	}

	@Test
	void flushCompletesBehindABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		CompletableFuture<String> flushed = this.session.flush().thenApply((nothing) -> this.client.received());
		this.session.push(Wire.event("b"));
		assertThat(flushed).isNotDone();
		delivery.open();
		assertThat(TestEngine.join(flushed)).startsWith(Wire.of("a"));
	}

	@Test
	void flushFailsIfTheSessionEndsBeforeTheBroadcastIsDelivered() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		CompletableFuture<Void> flushed = this.session.flush();
		this.client.connection().vanish(null);
		delivery.open();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(flushed))
			.withMessage("The session ended before all was sent.");
		assertThat(calls()).isEmpty();
	}

	/** Return what was called after the head went out. */
	private List<String> calls() {
		return this.client.connection().calls().subList(3, this.client.connection().calls().size());
	}

}
