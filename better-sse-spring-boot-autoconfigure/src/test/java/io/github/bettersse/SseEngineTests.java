package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.github.bettersse.event.DataSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * The life of an engine.
 */
class SseEngineTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final SseEngine sse = this.engine.engine;

	@Test
	void sessionsAreThoseThatAreOpen() {
		TestClient<Object> opening = this.engine.prepare();
		TestClient<Object> open = this.engine.connect();
		TestClient<Object> closed = this.engine.connect();
		closed.session().close();
		TestClient<Object> closing = this.engine.connect();
		closing.connection().fill();
		closing.session().push("a").close();
		assertThat(this.sse.getSessions()).singleElement().isSameAs(open.session());
		opening.session().push("a");
		assertThat(this.sse.getSessionCount()).isEqualTo(2);
	}

	@Test
	void stopEndsAllSessionsAndSpreadsTheirReturn() {
		List<TestClient<Object>> clients = new ArrayList<>();
		List<DisconnectReason> reasons = Collections.synchronizedList(new ArrayList<>());
		for (int i = 0; i < 50; i++) {
			TestClient<Object> client = this.engine.connect();
			client.session().onDisconnected(reasons::add);
			clients.add(client);
		}
		this.sse.stop();
		Set<String> retries = clients.stream().map(TestClient::received).collect(Collectors.toSet());
		assertThat(retries).hasSizeGreaterThan(10).allMatch((text) -> text.matches("retry: [2-7][0-9]{3}\n\n"));
		assertThat(retries).extracting((text) -> Integer.parseInt(text.substring(7).trim()))
			.allMatch((retry) -> retry >= 2000 && retry <= 7000);
		assertThat(clients).allMatch((client) -> client.connection().calls().get(5).equals("close"));
		assertThat(this.sse.getSessions()).isEmpty();
		TestEngine.await().until(() -> reasons.size() == 50);
		assertThat(reasons).containsOnly(DisconnectReason.SHUTDOWN);
	}

	@Test
	void stopWaitsUntilWhatWasQueuedIsSent() {
		TestClient<Object> client = this.engine.connect();
		client.connection().fill();
		client.session().push(Wire.event("a"));
		client.session().onDisconnected((reason) -> client.connection().drain());
		this.sse.stop();
		assertThat(client.connection().calls()).last().isEqualTo("close");
		assertThat(client.received()).startsWith(Wire.of("a") + "retry: ");
	}

	@Test
	void stoppedEngineStartsAgainWithItsChannelsAndItsLog() {
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.broadcast("a");
		String position = news.getPosition();
		assertThat(this.sse.isRunning()).isTrue();
		this.sse.stop();
		this.sse.stop();
		assertThat(this.sse.isRunning()).isFalse();
		assertThat(this.engine.connect().session().isConnected()).isFalse();
		this.sse.start();
		this.sse.start();
		assertThat(this.sse.isRunning()).isTrue();
		assertThat(this.engine.channels.channel("news")).isSameAs(news);
		assertThat(news.getPosition()).isEqualTo(position);
		TestClient<Object> client = this.engine.connect();
		news.register(client.session());
		news.broadcast("b");
		this.engine.awaitDelivery();
		assertThat(client.received()).isEqualTo("id: " + position.substring(0, 11) + "2\ndata: b\n\n");
	}

	@Test
	void broadcastWhileStoppedHarmsNobody() {
		Channel<Void, Object> news = this.engine.channels.channel("news");
		this.sse.stop();
		news.broadcast("a");
		assertThat(news.getPosition()).endsWith("-1");
	}

	@Test
	void closedEngineLeavesNoThreadBehind() {
		Set<Thread> before = libraryThreads();
		SseEngine other = SseEngine.builder()
			.serializer(DataSerializer.ofText(Object::toString))
			.executor(Runnable::run)
			.deliveryThreads(3)
			.build();
		RecordingConnection connection = TestEngine.newConnection();
		Session<Object> session = other.getSessionFactory()
			.open(connection, SessionOptions.builder().keepAlive(Duration.ofMillis(1)).noRetry().build());
		Channel<Void, Object> news = other.getChannelRegistry().channel("news");
		news.register(session);
		news.broadcast(Wire.event("a"));
		TestEngine.await().until(() -> connection.received().endsWith(":\n\n"));
		Set<Thread> threads = libraryThreads();
		threads.removeAll(before);
		assertThat(threads).extracting(Thread::getName)
			.containsExactlyInAnyOrder("better-sse-delivery-0", "better-sse-delivery-1", "better-sse-delivery-2",
					"better-sse-timer");
		assertThat(threads).allMatch(Thread::isDaemon);
		other.close();
		other.close();
		TestEngine.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
		assertThat(session.isConnected()).isFalse();
		news.broadcast("late");
		connection.assertContractWasKept();
	}

	@Test
	void closedEngineHasDeliveredWhatWasBroadcast() {
		TestClient<Object> client = this.engine.connect();
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(client.session());
		Gate delivery = this.engine.holdDelivery();
		news.broadcast(Wire.event("a"));
		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.sse::close);
		client.session().onDisconnected((reason) -> delivery.open());
		TestEngine.join(closed);
		assertThat(client.received()).startsWith(Wire.of("a") + "retry: ");
		assertThat(client.connection().calls()).last().isEqualTo("close");
	}

	@Test
	void namesAndTimesCanBeChosen() {
		try (SseEngine other = SseEngine.builder()
			.serializer(DataSerializer.ofText(Object::toString))
			.executor(Runnable::run)
			.disconnectEvent("bye")
			.shutdownRetryJitter(Duration.ZERO)
			.sessionDefaults(SessionOptions.builder().retry(Duration.ofMillis(1234)).build())
			.build()) {
			RecordingConnection first = TestEngine.newConnection();
			other.getSessionFactory().open(first, SessionOptions.builder().build()).disconnect();
			assertThat(first.received()).isEqualTo("retry: 1234\n\nevent: bye\nretry: 2147483647\ndata: null\n\n");
			RecordingConnection second = TestEngine.newConnection();
			other.getSessionFactory().open(second, SessionOptions.builder().noRetry().build());
			other.stop();
			assertThat(second.received()).isEqualTo("retry: 1234\n\n");
		}
	}

	@Test
	void incompleteOrImpossibleEnginesAreRefused() {
		assertThatNullPointerException().isThrownBy(() -> SseEngine.builder().executor(Runnable::run).build())
			.withMessage("serializer must be set");
		assertThatNullPointerException()
			.isThrownBy(() -> SseEngine.builder().serializer(DataSerializer.ofText(Object::toString)).build())
			.withMessage("executor must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> SseEngine.builder().deliveryThreads(0));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SseEngine.builder().shutdownRetryJitter(Duration.ofMillis(-1)));
	}

	private static Set<Thread> libraryThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("better-sse-"))
			.collect(Collectors.toSet());
	}

}
