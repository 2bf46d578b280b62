package io.github.bettersse;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A connection that fails ends its own session, once, and harms nobody else.
 */
class ConnectionFailureTests {

	private static final SessionOptions<Object> WITH_RETRY = SessionOptions.builder()
		.retry(Duration.ofSeconds(2))
		.build();

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	static Stream<Arguments> failures(List<Call> calls) {
		return calls.stream()
			.flatMap((call) -> Stream.of(arguments(call, new IOException("broken pipe")),
					arguments(call, new IllegalStateException("recycled")), arguments(call, new StackOverflowError())));
	}

	static Stream<Arguments> failuresOfAnOpenConnection() {
		return failures(List.of(Call.WRITE, Call.FLUSH));
	}

	@ParameterizedTest
	@MethodSource("failuresOfAnOpenConnection")
	void failedWriteEndsTheSession(Call call, Throwable failure) {
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		client.connection().fill();
		client.session().push(Wire.event("a"));
		CompletableFuture<Void> flushed = client.session().flush();
		client.connection().fail(call, failure);
		client.connection().drain();
		List<String> calls = client.connection().calls();
		assertThat(calls).startsWith("open 200", "flush", "start", "write " + Wire.of("a"));
		assertThat(calls).last().isEqualTo("abort after a failure");
		assertThat(calls).hasSize((call == Call.WRITE) ? 5 : 6);
		assertGone(client);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(flushed))
			.satisfies((ex) -> assertThat(rootCause(ex)).isSameAs(failure));
		takeLogOf(failure);
	}

	@ParameterizedTest
	@MethodSource("failuresOfAnOpenConnection")
	void failedWriteOfABroadcastHarmsNoOtherSession(Call call, Throwable failure) {
		TestClient<Object> first = this.engine.connect();
		TestClient<Object> second = this.engine.connect();
		this.news.register(first.session());
		this.news.register(second.session());
		first.connection().fail(call, failure);
		this.news.broadcast(Wire.event("a"));
		this.news.broadcast(Wire.event("b"));
		this.engine.awaitDelivery();
		assertGone(first);
		assertThat(second.received()).isEqualTo(Wire.of("a", "b"));
		takeLogOf(failure);
	}

	@Test
	void connectionThatCannotSayWhetherItIsReadyEndsTheSession() {
		TestClient<Object> client = this.engine.connect();
		client.connection().fail(Call.IS_READY, new IllegalStateException("recycled"));
		client.session().push(Wire.event("a"));
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start", "abort after a failure");
		assertGone(client);
	}

	static Stream<Arguments> failuresOfAnOpeningConnection() {
		return failures(List.of(Call.OPEN, Call.WRITE, Call.FLUSH, Call.START));
	}

	@ParameterizedTest
	@MethodSource("failuresOfAnOpeningConnection")
	void failedOpeningEndsTheSession(Call call, Throwable failure) {
		TestClient<Object> client = this.engine.prepare(WITH_RETRY);
		this.news.register(client.session());
		client.connection().fail(call, failure);
		client.opening().complete();
		assertThat(client.connection().calls()).last().isEqualTo("abort after a failure");
		assertGone(client);
		if (!(failure instanceof IOException)) {
			assertThat(this.engine.log.takeWarnings()).singleElement().asString().contains(failure.toString());
		}
	}

	@ParameterizedTest
	@MethodSource("failuresOfAnOpeningConnection")
	void failedOpeningByAPushEndsTheSession(Call call, Throwable failure) {
		if (call == Call.START) {
			return;
		}
		TestClient<Object> client = this.engine.prepare(WITH_RETRY);
		client.connection().fail(call, failure);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> client.session().push(Wire.event("a")))
			.satisfies(client.opening()::fail);
		assertThat(client.connection().calls()).last().isEqualTo("abort after a failure");
		assertGone(client);
		if (!(failure instanceof IOException)) {
			assertThat(this.engine.log.takeWarnings()).singleElement().asString().contains(failure.toString());
		}
	}

	static final List<RuntimeException> THROWN_AT_THE_END = List.of(new IllegalStateException("recycled"));

	@ParameterizedTest
	@FieldSource("THROWN_AT_THE_END")
	void failedAbortHarmsNoOtherSession(RuntimeException failure) {
		TestClient<Object> first = this.engine.connect();
		TestClient<Object> second = this.engine.connect();
		this.news.register(first.session());
		this.news.register(second.session());
		first.connection().fail(Call.WRITE, new IOException("broken pipe"));
		first.connection().fail(Call.ABORT, failure);
		this.news.broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		assertGone(first);
		assertThat(second.received()).isEqualTo(Wire.of("a"));
	}

	@ParameterizedTest
	@FieldSource("THROWN_AT_THE_END")
	void failedCloseIsNotTheCallersConcern(RuntimeException failure) {
		TestClient<Object> client = this.engine.connect();
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		client.session().onDisconnected(reason::complete);
		client.connection().fail(Call.CLOSE, failure);
		client.session().close();
		assertThat(TestEngine.join(reason)).isEqualTo(DisconnectReason.CLOSED);
		this.engine.engine.stop();
		assertThat(this.engine.engine.getSessionCount()).isZero();
	}

	@Test
	void batchThatFindsTheClientGoneReturnsAFailedFuture() {
		TestClient<Object> client = this.engine.connect();
		IOException failure = client.connection().fail(Call.WRITE, new IOException("broken pipe"));
		CompletableFuture<Void> batched = client.session().batch((buffer) -> buffer.push(Wire.event("a")));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(batched)).withCause(failure);
	}

	private void assertGone(TestClient<Object> client) {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		client.session().onDisconnected(reason::complete);
		assertThat(TestEngine.join(reason)).isEqualTo(DisconnectReason.CLIENT_GONE);
		assertThat(client.session().isConnected()).isFalse();
		assertThat(this.news.getSessions()).doesNotContain(client.session());
		assertThat(this.engine.engine.getSessions()).doesNotContain(client.session());
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> client.session().push("late"));
	}

	private void takeLogOf(Throwable failure) {
		if (failure instanceof Error) {
			assertThat(this.engine.log.takeWarnings()).singleElement().asString().contains(failure.toString());
		}
	}

	private static Throwable rootCause(Throwable failure) {
		return (failure.getCause() != null) ? rootCause(failure.getCause()) : failure;
	}

}
