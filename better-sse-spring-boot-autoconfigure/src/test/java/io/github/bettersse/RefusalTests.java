package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A session whose handler refuses or fails.
 */
class RefusalTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> client = this.engine.prepare();

	private final Session<Object> session = this.client.session();

	private final SessionOpening<Object> opening = this.client.opening();

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	RefusalTests() {
		this.session.onConnected(() -> this.told.add("connected"));
		this.session.onDisconnected((reason) -> this.told.add("disconnected " + reason));
		this.news.onRegistered((registered) -> this.told.add("registered"));
		this.news.onDeregistered((deregistered) -> this.told.add("deregistered"));
		this.news.onDisconnected((disconnected) -> this.told.add("left"));
	}

	@Test
	void refusedSessionHasSentNothing() {
		this.engine.elsewhere(() -> this.session.push(Wire.event("a")));
		this.opening.refuse();
		assertThat(this.client.connection().calls()).isEmpty();
		assertThat(this.session.isConnected()).isFalse();
		assertTold("disconnected REFUSED");
	}

	@Test
	void refusedSessionLeavesNoTraceInItsChannels() {
		this.news.register(this.session);
		assertThat(this.news.getSessions()).isEmpty();
		assertThat(this.news.getSessionCount()).isZero();
		assertThat(this.engine.engine.getSessions()).isEmpty();
		this.opening.refuse();
		this.news.broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		assertThat(this.news.getSessions()).isEmpty();
		assertThat(this.client.connection().calls()).isEmpty();
		assertTold("disconnected REFUSED");
	}

	@Test
	void refusedSessionTakesNothing() {
		this.opening.refuse();
		for (Runnable use : List.<Runnable>of(() -> this.session.push("a"), this.session::flush,
				() -> this.session.batch((buffer) -> buffer.push("a")))) {
			assertThatExceptionOfType(SseException.class).isThrownBy(use::run)
				.withMessage("Cannot push data to a non-active session.");
		}
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.news.register(this.session))
			.withMessage("Cannot register a non-active session.");
		this.news.deregister(this.session);
		this.session.close();
		this.session.disconnect();
		assertTold("disconnected REFUSED");
	}

	@Test
	void refusedSessionFailsWhoWaitsForAFlush() {
		CompletableFuture<Void> flushed = this.engine
			.elsewhere(() -> this.session.batch((buffer) -> buffer.push(Wire.event("a"))));
		this.opening.refuse();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(flushed));
	}

	@Test
	void anotherAnswerIsStillPossibleAfterARefusal() {
		this.opening.refuse();
		assertThat(this.opening.isCommitted()).isFalse();
	}

	@Test
	void onlyTheFirstWordCounts() {
		this.opening.refuse();
		this.opening.refuse();
		this.opening.complete();
		this.opening.fail(new IllegalStateException("late"));
		assertThat(this.client.connection().calls()).isEmpty();
	}

	@Test
	void committedSessionCannotBeRefused() {
		this.session.push(Wire.event("a"));
		assertThatIllegalStateException().isThrownBy(this.opening::refuse)
			.withMessage("The response's head is out: the session cannot be refused any more.");
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void failureBeforeTheHeadIsOutIsARefusal() {
		this.news.register(this.session);
		this.opening.fail(new IllegalStateException("broken"));
		assertThat(this.opening.isCommitted()).isFalse();
		assertThat(this.client.connection().calls()).isEmpty();
		assertTold("disconnected REFUSED");
	}

	@Test
	void failureAfterTheHeadIsOutEndsTheStreamWithoutAWord() {
		this.news.register(this.session);
		this.session.push(Wire.event("a"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("b")));
		this.opening.fail(new IllegalStateException("broken"));
		assertThat(this.client.connection().calls()).containsExactly("open 200", "flush", "write " + Wire.of("a"),
				"flush", "write " + Wire.of("b"), "flush", "close");
		assertTold("connected", "registered", "disconnected ERROR", "left", "deregistered");
		assertThat(this.engine.log.takeWarnings()).containsExactly("SEVERE The handler of session "
				+ this.session.getId() + " (GET /sse) failed after the stream had begun, which ends it"
				+ " / java.lang.IllegalStateException: broken");
	}

	@Test
	void failureAfterTheHeadIsOutStillSendsABroadcastThatWaits() {
		this.news.register(this.session);
		this.session.push(Wire.event("a"));
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("b"));
		this.opening.fail(new IllegalStateException("broken"));
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b"));
		assertThat(this.client.connection().calls()).last().isEqualTo("close");
		assertThat(this.engine.log.takeWarnings()).hasSize(1);
	}

	@Test
	void handlerThatStopsAtTheEndOfItsSessionHasNotFailed() {
		this.session.push(Wire.event("a"));
		this.session.close();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push(Wire.event("b")))
			.satisfies(this.opening::fail);
		assertTold("connected", "disconnected CLOSED");
	}

	@Test
	void handlerThatFailsByItselfAfterTheEndOfItsSessionIsLogged() {
		this.session.push(Wire.event("a"));
		this.session.close();
		this.opening.fail(new IllegalStateException("broken"));
		assertThat(this.engine.log.takeWarnings()).singleElement().asString().endsWith("IllegalStateException: broken");
		assertTold("connected", "disconnected CLOSED");
	}

	@Test
	void handlerThatPushesToAnEndedSessionOfAnotherHasFailed() {
		TestClient<Object> other = this.engine.connect();
		other.session().close();
		this.session.push(Wire.event("a"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> other.session().push("b"))
			.satisfies(this.opening::fail);
		assertThat(this.engine.log.takeWarnings()).hasSize(1);
		assertTold("connected", "disconnected ERROR");
	}

	private void assertTold(String... expected) {
		TestEngine.await().untilAsserted(() -> assertThat(this.told).containsExactly(expected));
	}

}
