package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import io.github.bettersse.event.DataSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever executor an application gives, it breaks no session.
 */
class ExecutorOfListenersTests {

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	static Stream<RuntimeException> failures() {
		return Stream.of(new RejectedExecutionException("full"), new IllegalStateException("broken"));
	}

	@ParameterizedTest
	@MethodSource
	void failures(RuntimeException failure) {
		try (LibraryLog log = new LibraryLog(); SseEngine engine = engine((task) -> {
			throw failure;
		})) {
			RecordingConnection slow = TestEngine.newConnection();
			RecordingConnection quick = TestEngine.newConnection();
			Channel<Void, Object> news = engine.getChannelRegistry().channel("news");
			Session<Object> session = open(engine, slow);
			session.onDisconnected((reason) -> this.told.add(reason.name()));
			news.register(session);
			news.register(open(engine, quick));
			slow.fill();
			CompletableFuture<Void> flushed = session.push(Wire.event("a")).flush();
			news.broadcast(Wire.event("b"));
			news.broadcast(Wire.event("c"));
			TestEngine.await().untilAsserted(() -> assertThat(quick.received()).isEqualTo(Wire.of("b", "c")));
			TestEngine.await().untilAsserted(() -> assertThat(slow.calls()).last().isEqualTo("abort"));
			TestEngine.await().until(flushed::isCompletedExceptionally);
			TestEngine.await().untilAsserted(() -> assertThat(this.told).containsExactly("OVERFLOW"));
			slow.assertContractWasKept();
			engine.close();
			assertThat(log.takeWarnings()).isNotEmpty().allMatch((line) -> line.endsWith(failure.toString()));
		}
	}

	@Test
	void callerMayRunTheListeners() {
		try (SseEngine engine = engine(Runnable::run)) {
			RecordingConnection connection = TestEngine.newConnection();
			Channel<Void, Object> news = engine.getChannelRegistry().channel("news");
			news.onRegistered((session) -> this.told.add("registered"))
				.onRegistered(news::deregister)
				.onDeregistered((session) -> this.told.add("deregistered"))
				.onDeregistered(news::deregister)
				.onDeregistered(Session::close);
			SessionOpening<Object> opening = engine.getSessionFactory()
				.prepare(connection, SessionOptions.builder().noRetry().build());
			opening.getSession()
				.onConnected(() -> opening.getSession().push(Wire.event("a")))
				.onDisconnected((reason) -> this.told.add(reason.name()))
				.onDisconnected((reason) -> news.deregister(opening.getSession()));
			news.register(opening.getSession());
			opening.complete();
			assertThat(this.told).containsExactly("registered", "deregistered", "CLOSED");
			TestEngine.await().until(() -> connection.calls().contains("close"));
			assertThat(connection.received()).isEqualTo(Wire.of("a"));
			connection.assertContractWasKept();
		}
	}

	private static SseEngine engine(Executor executor) {
		return SseEngine.builder()
			.serializer(DataSerializer.ofText(Object::toString))
			.executor(executor)
			.deliveryThreads(1)
			.build();
	}

	private static Session<Object> open(SseEngine engine, RecordingConnection connection) {
		return engine.getSessionFactory().open(connection, SessionOptions.builder().noRetry().maxQueueSize(1).build());
	}

}
