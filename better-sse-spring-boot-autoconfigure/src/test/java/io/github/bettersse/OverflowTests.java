package io.github.bettersse;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A full queue disconnects a client that stands still, not one that lags.
 */
class OverflowTests {

	/** The size of an event of {@link Wire} with a name of one letter. */
	private static final int EVENT = Wire.of("a").length();

	private static final Duration NANO = Duration.ofNanos(1);

	@RegisterExtension
	private final TestEngine engine = new TestEngine(
			(builder) -> builder.sessionDefaults(SessionOptions.builder().noRetry().maxQueueSize(2L * EVENT).build()));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	@Test
	void burstOfSixteenTimesTheBoundPasses() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 32);
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		assertThat(client.received()).isEqualTo(Wire.of("a").repeat(32));
		assertThat(client.session().getDroppedCount()).isZero();
	}

	@Test
	void largerBurstIsAnOverflowAtOnce() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 33);
		assertThat(reason(client)).isEqualTo(DisconnectReason.OVERFLOW);
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "abort");
		assertThat(client.session().getDroppedCount()).isZero();
	}

	@Test
	void burstOfBroadcastsPassesToo() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		this.news.register(client.session());
		client.connection().fill();
		for (int i = 0; i < 32; i++) {
			this.news.broadcast(Wire.event("a"));
		}
		this.engine.awaitDelivery();
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		assertThat(client.received()).isEqualTo(Wire.of("a").repeat(32));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 10 })
	void fullQueueThatStandsStillForASecondIsAnOverflow(long keepAlive) {
		TestClient<Object> client = connect(Duration.ofSeconds(keepAlive), Duration.ofSeconds(30));
		this.engine.timer.advance(Duration.ofSeconds(7));
		client.connection().fill();
		push(client, 3);
		this.engine.timer.advance(Duration.ofSeconds(1).minus(NANO));
		assertThat(client.session().isConnected()).isTrue();
		this.engine.timer.advance(NANO);
		assertThat(reason(client)).isEqualTo(DisconnectReason.OVERFLOW);
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "abort");
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	@Test
	void fullQueueThatStandsStillIsAnOverflowWithoutAnyTimeoutToo() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ZERO);
		client.connection().fill();
		push(client, 3);
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(reason(client)).isEqualTo(DisconnectReason.OVERFLOW);
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	@Test
	void fullQueueOfASocketThatTakesALittleIsNoOverflow() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		client.connection().trickle(true);
		push(client, 3);
		this.engine.timer.advance(Duration.ofMinutes(5));
		assertThat(client.session().isConnected()).isTrue();
		client.connection().trickle(false);
		this.engine.timer.advance(Duration.ofSeconds(2));
		assertThat(reason(client)).isEqualTo(DisconnectReason.OVERFLOW);
	}

	@Test
	void secondThatPassesAfterTheSocketWasTriedIsNoOverflow() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 3);
		client.connection().trickle(true);
		client.connection().during(Call.IS_READY, () -> {
		});
		client.connection().during(Call.IS_READY, () -> this.engine.timer.advance(Duration.ofSeconds(1)));
		this.engine.timer.advance(Duration.ofMillis(500));
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		assertThat(client.received()).isEqualTo(Wire.of("a").repeat(3));
	}

	@Test
	void secondBeginsWhenTheSocketFillsUpNotWhenTheQueueDoes() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 1);
		assertFullQueueOverflowsInASecond(client);
	}

	@Test
	void secondBeginsAnewWithEachProgress() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 1);
		this.engine.timer.advance(Duration.ofMillis(300));
		client.connection().during(Call.WRITE, () -> {
			client.connection().fill();
			push(client, 1);
		});
		client.connection().drain();
		assertFullQueueOverflowsInASecond(client);
	}

	/** From now on, although the queue fills up later. */
	private void assertFullQueueOverflowsInASecond(TestClient<Object> client) {
		this.engine.timer.advance(Duration.ofMillis(900));
		push(client, 2);
		this.engine.timer.advance(Duration.ofMillis(100).minus(NANO));
		assertThat(client.session().isConnected()).isTrue();
		this.engine.timer.advance(NANO);
		assertThat(reason(client)).isEqualTo(DisconnectReason.OVERFLOW);
	}

	@Test
	void queueThatFillsUpAfterASecondWithoutProgressIsAnOverflowAtOnce() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 2);
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(client.session().isConnected()).isTrue();
		push(client, 1);
		assertThat(reason(client)).isEqualTo(DisconnectReason.OVERFLOW);
	}

	@Test
	void queueWithinItsBoundMayStandStill() {
		TestClient<Object> client = connect(Duration.ofSeconds(10), Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 2);
		this.engine.timer.advance(Duration.ofSeconds(30).minus(NANO));
		assertThat(client.session().isConnected()).isTrue();
		this.engine.timer.advance(NANO);
		assertThat(reason(client)).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
	}

	@Test
	void readerThatLagsButTakesSomethingEachSecondIsNotCut() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		push(client, 32);
		for (int second = 0; second < 60; second++) {
			this.engine.timer.advance(Duration.ofMillis(999));
			client.connection().during(Call.WRITE, () -> {
				client.connection().fill();
				push(client, 32);
			});
			client.connection().drain();
			assertThat(client.session().isConnected()).isTrue();
		}
		assertThat(client.received().length()).isZero();
		client.connection().drain();
		assertThat(client.received()).isEqualTo(Wire.of("a").repeat(61 * 32));
	}

	@Test
	void eventLargerThanTheBoundIsNoOverflowHoweverLongItTakes() {
		TestClient<Object> client = connect(Duration.ZERO, Duration.ofSeconds(30));
		client.connection().fill();
		String text = "x".repeat(100 * EVENT);
		client.session().push(text, "large", "1");
		this.engine.timer.advance(Duration.ofSeconds(29));
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		assertThat(client.received()).isEqualTo("event: large\nid: 1\ndata: " + text + "\n\n");
	}

	private TestClient<Object> connect(Duration keepAlive, Duration writeTimeout) {
		return this.engine.connect(SessionOptions.builder().keepAlive(keepAlive).writeTimeout(writeTimeout).build());
	}

	private static void push(TestClient<Object> client, int times) {
		for (int i = 0; i < times; i++) {
			client.session().push(Wire.event("a"));
		}
	}

	private static DisconnectReason reason(TestClient<Object> client) {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		client.session().onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

}
