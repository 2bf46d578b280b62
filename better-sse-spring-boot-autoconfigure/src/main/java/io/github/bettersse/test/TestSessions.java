package io.github.bettersse.test;

import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Handshake;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import io.github.bettersse.SseEngineBuilder;
import io.github.bettersse.event.DataSerializer;

/**
 * Channels and sessions without a server and without Spring, for unit tests of listeners,
 * channels and handlers. Close it after the test. Thread-safe.
 */
public final class TestSessions implements AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool(TestSessions::newThread);

	private final SseEngine engine;

	/**
	 * Create sessions whose data is text: that of {@link String#valueOf(Object)}.
	 */
	public TestSessions() {
		this(DataSerializer.ofText(String::valueOf));
	}

	/**
	 * Create sessions.
	 * @param serializer makes text of data
	 */
	public TestSessions(DataSerializer serializer) {
		this(serializer, (engine) -> {
		});
	}

	/**
	 * Create sessions of an engine of your own making.
	 * @param serializer makes text of data
	 * @param customizer changes the engine; without it sessions are told no reconnection
	 * time
	 */
	public TestSessions(DataSerializer serializer, Consumer<SseEngineBuilder> customizer) {
		SseEngineBuilder builder = SseEngine.builder()
			.serializer(serializer)
			.executor(this.executor)
			.deliveryThreads(1)
			.sessionDefaults(SessionOptions.builder().noRetry().build());
		customizer.accept(builder);
		this.engine = builder.build();
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "sse-test-task");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return the channels.
	 * @return the registry
	 */
	public ChannelRegistry getChannelRegistry() {
		return this.engine.getChannelRegistry();
	}

	/**
	 * Return the engine.
	 * @return the engine
	 */
	public SseEngine getEngine() {
		return this.engine;
	}

	/**
	 * Open a session of an anonymous client.
	 * @return the session, open
	 */
	public TestSession<Object> open() {
		return prepare(handshake().build(), SessionOptions.builder().build()).complete();
	}

	/**
	 * Open a session of a user.
	 * @param userName the name of its principal
	 * @return the session, open
	 */
	public TestSession<Object> open(String userName) {
		return prepare(handshake().principal(() -> userName).build(), SessionOptions.builder().build()).complete();
	}

	/**
	 * Prepare a session whose handler is the test, on the calling thread.
	 * @param handshake the request of the client
	 * @param options what differs from the defaults, such as the state
	 * @param <S> the type of the session's state
	 * @return the session, not open yet
	 */
	public <S> TestSession<S> prepare(Handshake handshake, SessionOptions<S> options) {
		RecordingConnection connection = new RecordingConnection(handshake);
		return new TestSession<>(this.engine.getSessionFactory().prepare(connection, options), connection);
	}

	/**
	 * Start to describe the request of a client: a {@code GET} of {@code /sse}.
	 * @return a builder
	 */
	public static Handshake.Builder handshake() {
		return Handshake.builder("GET", URI.create("http://localhost/sse"));
	}

	@Override
	public void close() {
		this.engine.close();
		this.executor.shutdownNow();
	}

}
