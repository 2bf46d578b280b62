package io.github.bettersse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session ends when it is old enough, and not together with all others.
 */
class LifetimeTests {

	private static final Duration LIFETIME = Duration.ofMinutes(10);

	private static final Duration NANO = Duration.ofNanos(1);

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	@Test
	void sessionsEndInTheLastFifthOfTheirLife() {
		List<TestClient<Object>> clients = Stream.generate(() -> connect(LIFETIME)).limit(200).toList();
		this.engine.timer.advance(Duration.ofMinutes(8).minus(NANO));
		assertThat(connected(clients)).isEqualTo(200);
		this.engine.timer.advance(Duration.ofMinutes(1).plus(NANO));
		assertThat(connected(clients)).isBetween(1L, 199L);
		this.engine.timer.advance(Duration.ofMinutes(1));
		assertThat(connected(clients)).isZero();
		assertThat(clients).allSatisfy((client) -> {
			assertThat(reason(client)).isEqualTo(DisconnectReason.LIFETIME);
			assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "close");
		});
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	@Test
	void noLifetimeIsNoLimit() {
		TestClient<Object> client = connect(Duration.ZERO);
		assertThat(this.engine.timer.getTaskCount()).isZero();
		this.engine.timer.advance(Duration.ofDays(365));
		assertThat(client.session().isConnected()).isTrue();
	}

	@Test
	void defaultIsNoLimit() {
		TestClient<Object> client = this.engine.connect(SessionOptions.builder().keepAlive(Duration.ZERO).build());
		assertThat(this.engine.timer.getTaskCount()).isZero();
		assertThat(client.session().isConnected()).isTrue();
	}

	@Test
	void shortestLifetimeEndsTheSession() {
		TestClient<Object> client = connect(Duration.ofMillis(1));
		this.engine.timer.advance(Duration.ofMillis(1));
		assertThat(reason(client)).isEqualTo(DisconnectReason.LIFETIME);
	}

	@Test
	void whatIsQueuedIsSentFirst() {
		TestClient<Object> client = connect(Duration.ofMillis(1));
		client.connection().fill();
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofMillis(1));
		assertThat(client.session().isConnected()).isFalse();
		assertThat(client.received()).isEmpty();
		client.connection().drain();
		assertThat(client.received()).isEqualTo(Wire.of("a"));
		assertThat(client.connection().calls()).last().isEqualTo("close");
	}

	@Test
	void sessionThatDoesNotTakeTheRestIsCutASecondLater() {
		TestClient<Object> client = connect(Duration.ofMillis(1));
		client.connection().fill();
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofMillis(1));
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "abort");
		assertThat(reason(client)).isEqualTo(DisconnectReason.LIFETIME);
	}

	@Test
	void busySessionEndsToo() {
		TestClient<Object> client = connect(LIFETIME);
		for (int second = 0; second < 600 && client.session().isConnected(); second++) {
			client.session().push(Wire.event("a"));
			this.engine.timer.advance(Duration.ofSeconds(1));
		}
		assertThat(reason(client)).isEqualTo(DisconnectReason.LIFETIME);
	}

	@Test
	void sessionThatEndsBeforeLeavesNoTask() {
		TestClient<Object> closed = connect(LIFETIME);
		TestClient<Object> gone = connect(LIFETIME);
		assertThat(this.engine.timer.getTaskCount()).isEqualTo(2);
		gone.connection().vanish(null);
		assertThat(this.engine.timer.getTaskCount()).isEqualTo(1);
		closed.session().close();
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(this.engine.timer.getTaskCount()).isZero();
		assertThat(reason(closed)).isEqualTo(DisconnectReason.CLOSED);
		assertThat(reason(gone)).isEqualTo(DisconnectReason.CLIENT_GONE);
	}

	@Test
	void sessionThatHasEndedInItsHandlerLeavesNoTask() {
		TestClient<Object> client = this.engine
			.prepare(SessionOptions.builder().keepAlive(Duration.ZERO).maxLifetime(LIFETIME).build());
		client.session().close();
		client.opening().complete();
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	@Test
	void lifeBeginsWhenTheHandlerHasReturned() {
		TestClient<Object> client = this.engine
			.prepare(SessionOptions.builder().keepAlive(Duration.ZERO).maxLifetime(LIFETIME).build());
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofHours(1));
		client.opening().complete();
		this.engine.timer.advance(Duration.ofMinutes(8).minus(NANO));
		assertThat(client.session().isConnected()).isTrue();
		this.engine.timer.advance(Duration.ofMinutes(2).plus(NANO));
		assertThat(reason(client)).isEqualTo(DisconnectReason.LIFETIME);
	}

	private TestClient<Object> connect(Duration lifetime) {
		return this.engine.connect(SessionOptions.builder().keepAlive(Duration.ZERO).maxLifetime(lifetime).build());
	}

	private static long connected(List<TestClient<Object>> clients) {
		return clients.stream().filter((client) -> client.session().isConnected()).count();
	}

	private static DisconnectReason reason(TestClient<Object> client) {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		client.session().onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

}
