package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A shutdown whose ends are spread over a time.
 */
class ShutdownDrainTests {

	private static final int SESSIONS = 50;

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.shutdownDrain(Duration.ofSeconds(10))
		.shutdownRetryJitter(Duration.ZERO)
		.sessionDefaults(SessionOptions.builder().noRetry().keepAlive(Duration.ZERO).build()));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final List<TestClient<Object>> clients = new ArrayList<>();

	ShutdownDrainTests() {
		for (int i = 0; i < SESSIONS; i++) {
			TestClient<Object> client = this.engine.connect();
			this.news.register(client.session());
			this.clients.add(client);
		}
	}

	@Test
	void endsAreSpreadOverTheTime() {
		Future<?> stopped = stop();
		assertThat(ended()).isZero();
		for (int second = 1; second < 10; second++) {
			this.engine.timer.advance(Duration.ofSeconds(1));
			assertThat(ended()).isEqualTo(second * SESSIONS / 10);
		}
		assertThat(stopped).isNotDone();
		this.engine.timer.advance(Duration.ofSeconds(1));
		TestEngine.join(stopped);
		assertThat(this.clients).extracting(TestClient::received).containsOnly("retry: 2000\n\n");
	}

	@Test
	void thoseThatWaitForTheirEndGetWhatIsBroadcast() {
		Future<?> stopped = stop();
		this.engine.timer.advance(Duration.ofSeconds(5));
		this.news.broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		this.engine.timer.advance(Duration.ofSeconds(5));
		TestEngine.join(stopped);
		assertThat(this.clients).extracting(TestClient::received)
			.containsOnly("retry: 2000\n\n", Wire.of("a") + "retry: 2000\n\n")
			.filteredOn((received) -> received.startsWith("id: a"))
			.hasSize(SESSIONS / 2);
	}

	@Test
	void nobodyIsTakenMeanwhile() {
		Future<?> stopped = stop();
		TestClient<Object> late = this.engine.connect();
		assertThat(late.connection().calls()).containsExactly("open 200", "write retry: 2000\n\n", "flush", "close");
		this.engine.timer.advance(Duration.ofSeconds(10));
		TestEngine.join(stopped);
	}

	@Test
	void whoIsInAHurryEndsAllAtOnce() {
		Thread thread = new Thread(this.engine.engine::stop);
		thread.start();
		awaitBegin();
		thread.interrupt();
		TestEngine.await().until(() -> !thread.isAlive());
		assertThat(ended()).isEqualTo(SESSIONS);
	}

	@Test
	void aShutdownWithoutSessionsTakesNoTime() {
		this.clients.forEach((client) -> client.session().close());
		TestEngine.join(this.engine.start(this.engine.engine::stop));
		assertThat(this.engine.engine.isRunning()).isFalse();
	}

	@Test
	void oneThatEndsByItselfIsEndedOnce() {
		Future<?> stopped = stop();
		this.clients.forEach((client) -> client.session().close());
		TestEngine.join(stopped);
		this.engine.timer.advance(Duration.ofSeconds(10));
		assertThat(this.clients).extracting(TestClient::received).containsOnly("");
		this.engine.engine.start();
		assertThat(this.engine.connect().session().isConnected()).isTrue();
	}

	private Future<?> stop() {
		Future<?> stopped = this.engine.start(this.engine.engine::stop);
		awaitBegin();
		return stopped;
	}

	/** Without keep-alive there is nothing else that waits for its time. */
	private void awaitBegin() {
		TestEngine.await().until(() -> this.engine.timer.getTaskCount() == 1);
	}

	private long ended() {
		return this.clients.stream().filter((client) -> !client.session().isConnected()).count();
	}

}
