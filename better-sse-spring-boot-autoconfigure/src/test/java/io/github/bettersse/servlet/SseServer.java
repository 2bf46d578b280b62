package io.github.bettersse.servlet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.LogRecorder;
import io.github.bettersse.OpenSockets;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import io.github.bettersse.SseEngineBuilder;
import io.github.bettersse.SseException;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.tomcat.TomcatConnectionAborter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole way from an engine to a socket: opens a session for each request, and records
 * sessions and why they ended.
 */
public final class SseServer implements AutoCloseable {

	private final LogRecorder log = new LogRecorder();

	private final ExecutorService executor = Executors.newCachedThreadPool(SseServer::newThread);

	private final BlockingQueue<Session<Object>> opened = new LinkedBlockingQueue<>();

	private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

	private final SseEngine engine;

	private final ServletServer server;

	private final long sockets;

	private SseServer(Builder builder) throws Exception {
		SseEngineBuilder engine = SseEngine.builder()
			.serializer(DataSerializer.ofText(String::valueOf))
			.executor(this.executor)
			.shutdownRetryJitter(Duration.ZERO);
		builder.engine.accept(engine);
		this.engine = engine.build();
		ServletSessionFactory factory = new ServletSessionFactory(this.engine.getSessionFactory(), builder.aborter,
				(builder.handOver != null) ? builder.handOver : builder.container.handOver(), List.of());
		this.server = builder.container.start(builder.directory, (request, response) -> {
			Session<Object> session = (builder.handler != null) ? handle(builder.handler, factory, request, response)
					: builder.opener.open(factory, request, response);
			session.onDisconnected(this.reasons::add);
			if (builder.channel != null) {
				register(session, builder.channel);
			}
			this.opened.add(session);
		});
		this.sockets = OpenSockets.count();
	}

	/**
	 * Not with the class loader of the web application, which would take it for a leak.
	 */
	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "listeners");
		thread.setContextClassLoader(null);
		return thread;
	}

	/** Start a server whose every request opens a session. */
	public static SseServer start(Path directory) throws Exception {
		return in(directory).start();
	}

	/** Describe a server that keeps its files in a directory. */
	public static Builder in(Path directory) {
		return new Builder(directory);
	}

	private Session<Object> handle(BiConsumer<ChannelRegistry, Session<Object>> handler, ServletSessionFactory factory,
			HttpServletRequest request, HttpServletResponse response) {
		SessionOpening<Object> opening = factory.prepare(request, response, SessionOptions.builder().build());
		handler.accept(this.engine.getChannelRegistry(), opening.getSession());
		opening.complete();
		return opening.getSession();
	}

	private void register(Session<Object> session, String channel) {
		try {
			this.engine.getChannelRegistry().channel(channel).register(session);
		}
		catch (SseException ex) {
			// The client has gone meanwhile.
			assertThat(session.isConnected()).isFalse();
		}
	}

	public int port() {
		return this.server.port();
	}

	public SseEngine engine() {
		return this.engine;
	}

	/** Wait for the next session that is opened. */
	public Session<Object> nextSession() throws InterruptedException {
		Session<Object> session = this.opened.poll(10, TimeUnit.SECONDS);
		assertThat(session).as("a session within 10 s").isNotNull();
		return session;
	}

	/** Wait for the reason of the next session that ends. */
	public DisconnectReason nextReason() throws InterruptedException {
		DisconnectReason reason = this.reasons.poll(10, TimeUnit.SECONDS);
		assertThat(reason).as("the end of a session within 10 s").isNotNull();
		return reason;
	}

	/**
	 * Wait until no session, no descriptor and no request is left, and check that nobody
	 * was told about it.
	 */
	public void assertNothingLeft() {
		await().untilAsserted(() -> assertThat(this.engine.getSessionCount()).isZero());
		// Fewer, if what an earlier test has left was still being closed at the start.
		await().untilAsserted(() -> assertThat(OpenSockets.count()).isLessThanOrEqualTo(this.sockets));
		await().untilAsserted(() -> assertThat(this.server.asyncRequests()).isZero());
		assertThat(this.server.errorPageHits()).isZero();
		assertThat(this.log.warnings()).isEmpty();
	}

	@Override
	public void close() throws Exception {
		this.engine.close();
		this.server.close();
		this.executor.shutdownNow();
		this.log.close();
	}

	/** How a request becomes a session. */
	@FunctionalInterface
	public interface Opener {

		Session<Object> open(ServletSessionFactory factory, HttpServletRequest request, HttpServletResponse response);

	}

	public static final class Builder {

		private final Path directory;

		private ServletServer.Kind container = ServletServer.Kind.TOMCAT;

		private ConnectionAborter aborter = new TomcatConnectionAborter();

		private @Nullable ConnectionHandOver handOver;

		private Opener opener = options(SessionOptions.builder().build());

		private @Nullable String channel;

		private @Nullable BiConsumer<ChannelRegistry, Session<Object>> handler;

		private Consumer<SseEngineBuilder> engine = (builder) -> {
		};

		private Builder(Path directory) {
			this.directory = directory;
		}

		private static Opener options(SessionOptions<Object> options) {
			return (factory, request, response) -> factory.open(request, response, options);
		}

		Builder container(ServletServer.Kind container) {
			this.container = container;
			return this;
		}

		public Builder aborter(ConnectionAborter aborter) {
			this.aborter = aborter;
			return this;
		}

		/** Hand connections over otherwise than is usual on the container. */
		public Builder handOver(ConnectionHandOver handOver) {
			this.handOver = handOver;
			return this;
		}

		public Builder options(SessionOptions.Builder<Object> options) {
			return opener(options(options.build()));
		}

		public Builder opener(Opener opener) {
			this.opener = opener;
			return this;
		}

		/** Register each session with a channel. */
		public Builder registering(String channel) {
			this.channel = channel;
			return this;
		}

		/** Do something with each session before its head is out, as an endpoint does. */
		public Builder handler(BiConsumer<ChannelRegistry, Session<Object>> handler) {
			this.handler = handler;
			return this;
		}

		public Builder engine(Consumer<SseEngineBuilder> engine) {
			this.engine = engine;
			return this;
		}

		public SseServer start() throws Exception {
			return new SseServer(this);
		}

	}

}
