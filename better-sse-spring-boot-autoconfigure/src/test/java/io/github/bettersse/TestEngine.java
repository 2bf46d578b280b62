package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.github.bettersse.event.DataSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine on recording connections, with a clock that stands still and one delivery
 * thread that a test can hold. After the test it is closed, every connection must have
 * been treated by the rules, and nothing may have been logged that the test did not take.
 */
final class TestEngine implements AfterEachCallback {

	static final String DELIVERY_THREAD = "better-sse-delivery-0";

	static final String LISTENER_THREAD = "listener";

	private static final long MAX_WAIT_SECONDS = 20;

	final ManualTimer timer = new ManualTimer();

	final LibraryLog log = new LibraryLog();

	final SseEngine engine;

	final ChannelRegistry channels;

	private final ThreadPoolExecutor listenerThreads = threads(LISTENER_THREAD);

	private final ExecutorService otherThreads = threads("other");

	private final List<TestClient<?>> clients = new ArrayList<>();

	private final List<Gate> gates = new ArrayList<>();

	TestEngine() {
		this((builder) -> {
		});
	}

	TestEngine(Consumer<SseEngineBuilder> customizer) {
		SseEngineBuilder builder = SseEngine.builder()
			.serializer(DataSerializer.ofText(Object::toString))
			.executor(this.listenerThreads)
			.sessionDefaults(SessionOptions.builder().noRetry().build())
			.deliveryThreads(1)
			.timer(this.timer);
		customizer.accept(builder);
		this.engine = builder.build();
		this.channels = this.engine.getChannelRegistry();
	}

	private static ThreadPoolExecutor threads(String name) {
		return (ThreadPoolExecutor) Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
	}

	/** Open a session without a handler. */
	TestClient<Object> connect() {
		return connect(SessionOptions.builder().build());
	}

	/** Open a session without a handler. */
	<S> TestClient<S> connect(SessionOptions<S> options) {
		TestClient<S> client = prepare(options);
		client.opening().complete();
		return client;
	}

	/** Prepare a session whose handler is the rest of the test, on the calling thread. */
	TestClient<Object> prepare() {
		return prepare(SessionOptions.builder().build());
	}

	/** Prepare a session whose handler is the rest of the test, on the calling thread. */
	<S> TestClient<S> prepare(SessionOptions<S> options) {
		return prepare(Handshake.builder("GET", URI.create("/sse")).build(), options);
	}

	<S> TestClient<S> prepare(Handshake handshake, SessionOptions<S> options) {
		return prepare(new RecordingConnection(handshake), options);
	}

	<S> TestClient<S> prepare(RecordingConnection connection, SessionOptions<S> options) {
		TestClient<S> client = new TestClient<>(this.engine.getSessionFactory().prepare(connection, options),
				connection);
		synchronized (this.clients) {
			this.clients.add(client);
		}
		return client;
	}

	static RecordingConnection newConnection() {
		return new RecordingConnection(Handshake.builder("GET", URI.create("/sse")).build());
	}

	/** Hold the delivery thread until the gate is opened. */
	Gate holdDelivery() {
		Gate gate = new Gate();
		this.gates.add(gate);
		runOnDelivery(gate::pass);
		return gate.awaitArrival();
	}

	/** Wait until the delivery thread has done all that it was given before. */
	void awaitDelivery() {
		CountDownLatch done = new CountDownLatch(1);
		runOnDelivery(done::countDown);
		Gate.await(done);
	}

	private void runOnDelivery(Runnable task) {
		parts().shards().get(0).submit(task);
	}

	/** Return what sessions and channels share. */
	EngineParts parts() {
		return (EngineParts) Objects.requireNonNull(ReflectionTestUtils.getField(this.engine, "parts"));
	}

	/** Run something on another thread, and wait for it. */
	<T> T elsewhere(Callable<T> task) {
		return join(start(task));
	}

	/** Run something on another thread, and wait for it. */
	void elsewhere(Runnable task) {
		join(start(task));
	}

	/** Start something on another thread. */
	<T> Future<T> start(Callable<T> task) {
		return this.otherThreads.submit(task);
	}

	/** Start something on another thread. */
	Future<?> start(Runnable task) {
		return this.otherThreads.submit(task);
	}

	/** Wait for a condition, with little delay. */
	static ConditionFactory await() {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(MAX_WAIT_SECONDS));
	}

	/** Wait for what was started on another thread, or for a future of the library. */
	static <T> T join(Future<T> started) {
		try {
			return started.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new AssertionError(ex.getCause());
		}
	}

	@Override
	public void afterEach(ExtensionContext context) throws InterruptedException {
		this.gates.forEach(Gate::open);
		this.otherThreads.shutdown();
		assertThat(this.otherThreads.awaitTermination(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).as("all threads are done")
			.isTrue();
		this.clients.forEach(TestEngine::end);
		this.clients.forEach((client) -> ((DefaultSession<?>) client.session()).outlet().order().shard().await());
		this.engine.close();
		// A listener that is still running may have something to be run after it.
		await().until(() -> this.listenerThreads.getActiveCount() == 0);
		this.listenerThreads.shutdown();
		assertThat(this.listenerThreads.awaitTermination(MAX_WAIT_SECONDS, TimeUnit.SECONDS))
			.as("all listeners are done")
			.isTrue();
		this.log.close();
		this.clients.forEach((client) -> client.connection().assertContractWasKept());
		assertThat(this.log.takeWarnings()).as("logged").isEmpty();
	}

	private static void end(TestClient<?> client) {
		if (!client.opening().isCommitted()) {
			client.opening().refuse();
		}
		client.opening().complete();
		if (client.connection().isStarted()) {
			client.connection().vanish(null);
		}
	}

}
