package io.github.bettersse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions that end before their handler has returned. The handler is the thread of the
 * test.
 */
class HandlerEndsSessionTests {

	private static final String DISCONNECT = "event: disconnect\nretry: 2147483647\ndata: null\n\n";

	private static final String RETRY_WITH_JITTER = "retry: [2-7][0-9]{3}\n\n";

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	private TestClient<Object> client = this.engine.prepare();

	private Session<Object> session = this.client.session();

	@Test
	void closeBeforeTheHeadIsOutSendsWhatWasQueuedAndEnds() {
		listen();
		this.news.register(this.session);
		this.engine.elsewhere(() -> this.session.push(Wire.event("a")));
		this.session.close();
		assertThat(this.session.isConnected()).isFalse();
		assertThat(this.client.opening().isCommitted()).isFalse();
		assertThat(calls()).isEmpty();
		this.client.opening().complete();
		assertThat(calls()).containsExactly("open 200", "flush", "write " + Wire.of("a"), "flush", "close");
		assertTold("disconnected CLOSED");
		assertThat(this.news.getSessions()).isEmpty();
	}

	@Test
	void disconnectBeforeTheHeadIsOut() {
		listen();
		this.session.disconnect();
		this.session.close();
		this.client.opening().complete();
		assertThat(calls()).containsExactly("open 200", "flush", "write " + DISCONNECT, "flush", "close");
		assertTold("disconnected DISCONNECTED");
	}

	@Test
	void closeAfterTheHeadIsOutEndsAtOnce() {
		listen();
		this.session.push(Wire.event("a"));
		this.session.close();
		assertThat(calls()).containsExactly("open 200", "flush", "write " + Wire.of("a"), "flush", "close");
		this.client.opening().complete();
		assertThat(calls()).last().isEqualTo("close");
		assertTold("connected", "disconnected CLOSED");
	}

	@Test
	void disconnectAfterTheHeadIsOutEndsAtOnce() {
		this.session.push(Wire.event("a"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("b")));
		this.session.disconnect();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b") + DISCONNECT);
		assertThat(calls()).last().isEqualTo("close");
	}

	@Test
	void closeByAnotherThreadBeforeTheHeadIsOutWaitsForTheHandler() {
		listen();
		this.engine.elsewhere(() -> this.session.push(Wire.event("a")).close());
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push(Wire.event("b")));
		assertThat(calls()).isEmpty();
		this.client.opening().complete();
		assertThat(calls()).containsExactly("open 200", "flush", "write " + Wire.of("a"), "flush", "close");
		assertTold("disconnected CLOSED");
	}

	@Test
	void closeByAnotherThreadAfterTheHeadIsOutWaitsForTheHandler() {
		this.session.push(Wire.event("a"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("b")).close());
		assertThat(calls()).containsExactly("open 200", "flush", "write " + Wire.of("a"), "flush");
		this.client.opening().complete();
		assertThat(calls()).containsExactly("open 200", "flush", "write " + Wire.of("a"), "flush",
				"write " + Wire.of("b"), "flush", "close");
	}

	@Test
	void closeBehindABroadcastThatWaitsLetsTheHandlerReturnFirst() {
		this.news.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.session.close();
		this.client.opening().complete();
		assertThat(calls()).containsExactly("open 200", "flush", "start");
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(calls()).containsExactly("open 200", "flush", "start", "write " + Wire.of("a"), "flush", "close");
	}

	@Test
	void closedSessionCanStillBeRefused() {
		listen();
		this.session.close();
		this.client.opening().refuse();
		assertThat(calls()).isEmpty();
		assertTold("disconnected CLOSED");
		this.engine.engine.stop();
	}

	@Test
	void engineThatStopsBeforeTheHeadIsOutTellsTheClientWhenToComeBack() {
		listen();
		this.engine.elsewhere(() -> this.session.push(Wire.event("a")));
		Future<?> stopped = this.engine.start(this.engine.engine::stop);
		TestEngine.await().until(() -> !this.session.isConnected());
		this.client.opening().complete();
		TestEngine.join(stopped);
		assertThat(this.client.received()).matches("(?s)\\Q" + Wire.of("a") + "\\E" + RETRY_WITH_JITTER);
		assertThat(calls()).last().isEqualTo("close");
		assertTold("disconnected SHUTDOWN");
	}

	@Test
	void engineThatStopsAfterTheHeadIsOutWaitsForTheHandler() {
		listen();
		this.session.push(Wire.event("a"));
		Future<?> stopped = this.engine.start(this.engine.engine::stop);
		TestEngine.await().until(() -> !this.session.isConnected());
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push("b"))
			.satisfies(this.client.opening()::fail);
		TestEngine.join(stopped);
		assertThat(this.client.received()).matches("(?s)\\Q" + Wire.of("a") + "\\E" + RETRY_WITH_JITTER);
		assertThat(calls()).last().isEqualTo("close");
		assertTold("connected", "disconnected SHUTDOWN");
	}

	@Test
	void stoppedEngineSendsAClientAwayAtOnce() {
		this.client.opening().refuse();
		this.engine.engine.stop();
		this.client = this.engine.prepare();
		this.session = this.client.session();
		listen();
		assertThat(this.client.opening().isCommitted()).isTrue();
		assertThat(this.session.isConnected()).isFalse();
		assertThat(this.client.received()).matches(RETRY_WITH_JITTER);
		assertThat(calls()).containsExactly("open 200", "write " + this.client.received(), "flush", "close");
		this.client.opening().complete();
		assertThat(calls()).hasSize(4);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push("a"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.news.register(this.session));
		assertTold("disconnected REFUSED");
		assertThat(this.engine.engine.getSessions()).isEmpty();
	}

	@Test
	void stoppedEngineDoesNotMindAClientThatHasGone() {
		this.client.opening().refuse();
		this.engine.engine.stop();
		RecordingConnection connection = TestEngine.newConnection();
		connection.fail(Call.FLUSH, new IOException("broken pipe"));
		this.client = this.engine.prepare(connection, SessionOptions.builder().build());
		assertThat(calls()).last().isEqualTo("abort after a failure");
		assertThat(this.client.session().isConnected()).isFalse();
	}

	private void listen() {
		this.session.onConnected(() -> this.told.add("connected"));
		this.session.onDisconnected((reason) -> this.told.add("disconnected " + reason));
	}

	private void assertTold(String... expected) {
		TestEngine.await().untilAsserted(() -> assertThat(this.told).containsExactly(expected));
	}

	private List<String> calls() {
		return this.client.connection().calls();
	}

}
