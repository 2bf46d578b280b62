package io.github.bettersse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When {@code onClosed} has returned, nobody writes any more, so that a container can
 * give the response to the next client.
 */
class ConnectionClosedTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final List<DisconnectReason> reasons = Collections.synchronizedList(new ArrayList<>());

	@Test
	void onClosedEndsTheSession() {
		TestClient<Object> client = connect();
		client.connection().vanish(null);
		assertThat(client.session().isConnected()).isFalse();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> client.session().push("a"));
		assertThat(this.engine.engine.getSessions()).isEmpty();
		awaitReasons();
		assertThat(calls(client)).isEmpty();
	}

	@Test
	void onClosedFailsWhoWaitsForAFlushWithItsCause() {
		TestClient<Object> client = connect();
		client.connection().fill();
		client.session().push(Wire.event("a"));
		CompletableFuture<Void> flushed = client.session().flush();
		IOException cause = new IOException("reset");
		client.connection().vanish(cause);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(flushed)).withCause(cause);
		assertThat(calls(client)).isEmpty();
	}

	@Test
	void onClosedWaitsForAWriteThatIsUnderWay() {
		TestClient<Object> client = connect();
		Gate write = client.connection().hold(Call.WRITE);
		Future<?> push = this.engine.start(() -> client.session().push(Wire.event("a")));
		write.awaitArrival();
		client.session().push(Wire.event("b"));
		Future<?> closed = this.engine.start(() -> client.connection().vanish(null));
		TestEngine.await().until(() -> closed.isDone() || guard(client).hasQueuedThreads());
		assertThat(closed).isNotDone();
		write.open();
		TestEngine.join(closed);
		TestEngine.join(push);
		awaitReasons();
	}

	@Test
	void nothingIsWrittenAfterOnClosed() {
		TestClient<Object> client = connect();
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(client.session());
		Gate delivery = this.engine.holdDelivery();
		news.broadcast(Wire.event("a"));
		client.session().push(Wire.event("b"));
		client.connection().vanish(null);
		delivery.open();
		this.engine.awaitDelivery();
		client.connection().listener().onWritable();
		assertThat(calls(client)).isEmpty();
	}

	@Test
	void onClosedComesTwice() {
		TestClient<Object> client = connect();
		client.connection().vanish(new IOException("reset"));
		client.connection().vanish(null);
		awaitReasons();
	}

	@Test
	void onClosedAfterCloseKeepsTheReason() {
		TestClient<Object> client = connect();
		client.session().close();
		client.connection().vanish(null);
		TestEngine.await().untilAsserted(() -> assertThat(this.reasons).containsExactly(DisconnectReason.CLOSED));
		assertThat(calls(client)).containsExactly("close");
	}

	@Test
	void onClosedBeforeWhatWasQueuedIsSentEndsAClosingSession() {
		TestClient<Object> client = connect();
		client.connection().fill();
		client.session().push(Wire.event("a"));
		CompletableFuture<Void> flushed = client.session().flush();
		client.session().close();
		client.connection().vanish(null);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(flushed));
		assertThat(calls(client)).isEmpty();
		assertThat(this.reasons).containsExactly(DisconnectReason.CLOSED);
	}

	@Test
	void onClosedMayComeWithinStart() {
		TestClient<Object> client = prepare();
		client.connection().during(Call.START, () -> client.connection().vanish(null));
		client.opening().complete();
		assertThat(client.session().isConnected()).isFalse();
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start");
		awaitReasons();
	}

	@Test
	void onClosedMayComeOnAnotherThreadDuringStart() {
		TestClient<Object> client = prepare();
		CompletableFuture<Future<?>> closed = new CompletableFuture<>();
		client.connection().during(Call.START, () -> {
			closed.complete(this.engine.start(() -> client.connection().vanish(null)));
			TestEngine.await().until(() -> guard(client).hasQueuedThreads());
			assertThat(closed.join()).isNotDone();
		});
		client.session().push(Wire.event("a"));
		client.opening().complete();
		TestEngine.join(closed.join());
		assertThat(client.session().isConnected()).isFalse();
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "write " + Wire.of("a"), "flush",
				"start");
		awaitReasons();
	}

	@Test
	void onWritableMayComeWithinStart() {
		TestClient<Object> client = prepare();
		this.engine.elsewhere(() -> client.session().push(Wire.event("a")));
		client.connection().during(Call.START, () -> client.connection().listener().onWritable());
		client.opening().complete();
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "write " + Wire.of("a"),
				"flush");
	}

	@Test
	void onClosedMayComeWithinAWriteThatThenFails() {
		TestClient<Object> client = connect();
		client.connection().during(Call.WRITE, () -> {
			IOException failure = new IOException("reset");
			client.connection().vanish(failure);
			throw failure;
		});
		client.session().push(Wire.event("a"));
		assertThat(calls(client)).containsExactly("write " + Wire.of("a"));
		awaitReasons();
	}

	private TestClient<Object> connect() {
		TestClient<Object> client = prepare();
		client.opening().complete();
		return client;
	}

	private TestClient<Object> prepare() {
		TestClient<Object> client = this.engine.prepare();
		client.session().onDisconnected(this.reasons::add);
		return client;
	}

	private void awaitReasons() {
		TestEngine.await().untilAsserted(() -> assertThat(this.reasons).containsExactly(DisconnectReason.CLIENT_GONE));
	}

	/** Return what was called after the head went out. */
	private static List<String> calls(TestClient<?> client) {
		List<String> calls = client.connection().calls();
		return calls.subList(3, calls.size());
	}

	private static DrainGuard guard(TestClient<Object> client) {
		SessionOutlet outlet = ((DefaultSession<Object>) client.session()).outlet();
		Object writer = ReflectionTestUtils.getField(outlet, "writer");
		return (DrainGuard) ReflectionTestUtils.getField(writer, GuardedDrain.class, "guard");
	}

}
