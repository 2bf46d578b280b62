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
 * A session whose socket takes nothing for the write time-out is cut, whatever the
 * keep-alive interval.
 */
class WriteTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration NANO = Duration.ofNanos(1);

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	@ParameterizedTest
	@ValueSource(longs = { 0, 10, 30, 60 })
	void sessionIsCutExactlyWhenTheTimeIsUp(long keepAlive) {
		TestClient<Object> client = connect(Duration.ofSeconds(keepAlive), TIMEOUT);
		this.engine.timer.advance(Duration.ofSeconds(7));
		client.connection().fill();
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(TIMEOUT.minus(NANO));
		assertThat(client.session().isConnected()).isTrue();
		this.engine.timer.advance(NANO);
		assertThat(client.session().isConnected()).isFalse();
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "abort");
		assertThat(reason(client)).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 10, 30, 60 })
	void progressStartsTheTimeAnew(long keepAlive) {
		TestClient<Object> client = connect(Duration.ofSeconds(keepAlive), TIMEOUT);
		client.connection().fill();
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofSeconds(29));
		client.connection().during(Call.WRITE, client.connection()::fill);
		client.connection().drain();
		this.engine.timer.advance(TIMEOUT.minus(NANO));
		assertThat(client.session().isConnected()).isTrue();
		this.engine.timer.advance(NANO);
		assertThat(client.session().isConnected()).isFalse();
		assertThat(reason(client)).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 10, 30, 60 })
	void sessionWhoseSocketHasRoomAgainIsNotCut(long keepAlive) {
		TestClient<Object> client = connect(Duration.ofSeconds(keepAlive), TIMEOUT);
		client.connection().fill();
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofSeconds(29));
		client.connection().drain();
		this.engine.timer.advance(Duration.ofHours(1));
		assertThat(client.session().isConnected()).isTrue();
		assertThat(client.received()).startsWith(Wire.of("a"));
	}

	/** A reader that is too slow for its system to say that there is room. */
	@ParameterizedTest
	@ValueSource(longs = { 0, 10, 30, 60 })
	void socketThatTakesALittleWhenItIsTriedIsNotCut(long keepAlive) {
		TestClient<Object> client = connect(Duration.ofSeconds(keepAlive), TIMEOUT);
		client.connection().fill();
		client.connection().trickle(true);
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(TIMEOUT.multipliedBy(10));
		assertThat(client.session().isConnected()).isTrue();
		client.connection().trickle(false);
		this.engine.timer.advance(TIMEOUT.multipliedBy(2));
		assertThat(reason(client)).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
	}

	@Test
	void socketThatHasTakenAllWhenItIsTriedGetsTheRest() {
		TestClient<Object> client = connect(Duration.ZERO, TIMEOUT);
		client.connection().fill();
		client.session().push(Wire.event("a"));
		client.connection().trickle(true);
		client.connection().emptyQuietly();
		this.engine.timer.advance(TIMEOUT);
		assertThat(client.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void morePushesDoNotStartTheTimeAnew() {
		TestClient<Object> client = connect(Duration.ofSeconds(10), TIMEOUT);
		client.connection().fill();
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofSeconds(20));
		client.session().push(Wire.event("b"));
		client.connection().listener().onWritable();
		this.engine.timer.advance(Duration.ofSeconds(10));
		assertThat(reason(client)).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
	}

	@Test
	void socketThatDoesNotTakeTheFlushIsCut() {
		TestClient<Object> client = connect(Duration.ZERO, TIMEOUT);
		client.connection().during(Call.WRITE, client.connection()::fill);
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(TIMEOUT);
		assertThat(reason(client)).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
	}

	@Test
	void fullSocketWithNothingToSendIsNotCut() {
		TestClient<Object> client = connect(Duration.ZERO, TIMEOUT);
		client.connection().fill();
		this.engine.timer.advance(Duration.ofHours(1));
		assertThat(client.session().isConnected()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 10 })
	void noTimeoutNeverCuts(long keepAlive) {
		TestClient<Object> client = connect(Duration.ofSeconds(keepAlive), Duration.ZERO);
		client.connection().fill();
		client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofHours(1));
		assertThat(client.session().isConnected()).isTrue();
		client.connection().drain();
		assertThat(client.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void atMostOneTaskWaitsPerSession() {
		TestClient<Object> client = connect(Duration.ofSeconds(60), TIMEOUT);
		assertThat(this.engine.timer.getTaskCount()).isEqualTo(1);
		for (int i = 0; i < 5; i++) {
			client.connection().fill();
			client.session().push(Wire.event("a"));
			client.connection().drain();
			this.engine.timer.advance(Duration.ofSeconds(7));
			assertThat(this.engine.timer.getTaskCount()).isEqualTo(1);
		}
		client.connection().vanish(null);
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	private TestClient<Object> connect(Duration keepAlive, Duration writeTimeout) {
		return this.engine.connect(SessionOptions.builder().keepAlive(keepAlive).writeTimeout(writeTimeout).build());
	}

	private static DisconnectReason reason(TestClient<Object> client) {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		client.session().onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

}
