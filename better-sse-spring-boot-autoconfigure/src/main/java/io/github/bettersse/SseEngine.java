package io.github.bettersse;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.InMemoryEventLog;
import org.jspecify.annotations.Nullable;

/**
 * The running library: channels, sessions, and the threads that deliver. One per
 * application. Thread-safe.
 * <p>
 * It takes sessions as soon as it is built. {@link #stop()} ends all of them and refuses
 * new ones until {@link #start()}; channels and the log survive that. {@link #close()}
 * gives the threads back for good.
 */
public final class SseEngine implements AutoCloseable {

	private static final long MAX_BACKLOG = 16 * 1024 * 1024;

	private static final long MAX_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

	private final EngineParts parts;

	private final ChannelRegistry channelRegistry;

	private final SessionFactory sessionFactory;

	private final Duration shutdownRetryJitter;

	private final ScheduledTimer timer = new ScheduledTimer();

	private SseEngine(Builder builder) {
		DataSerializer serializer = Objects.requireNonNull(builder.serializer, "serializer must be set");
		Executor executor = Objects.requireNonNull(builder.executor, "executor must be set");
		EventEncoder encoder = new EventEncoder(serializer);
		SseEvent goodbye = SseEvent.raw("null")
			.name(builder.disconnectEvent)
			.retry(Duration.ofMillis(Integer.MAX_VALUE));
		this.parts = new EngineParts(encoder, builder.eventLog, new Backlog(MAX_BACKLOG, builder.maxWait.toNanos()),
				new DeliveryShards(builder.deliveryThreads), executor,
				(builder.timer != null) ? builder.timer : this.timer, new LiveSessions(), builder.lifecycleListener,
				encoder.encode(goodbye, null).asControl());
		this.shutdownRetryJitter = builder.shutdownRetryJitter;
		this.channelRegistry = new DefaultChannelRegistry(this.parts);
		this.sessionFactory = new DefaultSessionFactory(
				builder.sessionDefaults.withDefaults(SessionOptions.builder().serializer(serializer).build())
					.withDefaults(SessionSettings.DEFAULTS),
				builder.shutdownRetryJitter, new UserSessions(builder.userNameResolver, this.channelRegistry),
				this.parts);
	}

	/**
	 * Start to describe an engine.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the channels.
	 * @return the registry
	 */
	public ChannelRegistry getChannelRegistry() {
		return this.channelRegistry;
	}

	/**
	 * Return what opens sessions.
	 * @return the factory
	 */
	public SessionFactory getSessionFactory() {
		return this.sessionFactory;
	}

	/**
	 * Return the sessions that are open on this node.
	 * @return a snapshot
	 */
	public Collection<Session<?>> getSessions() {
		return this.parts.sessions().open();
	}

	/**
	 * Return how many sessions are open on this node.
	 * @return the number
	 */
	public int getSessionCount() {
		return getSessions().size();
	}

	/** Take sessions again after {@link #stop()}. Does nothing while running. */
	public void start() {
		this.parts.sessions().accept(true);
	}

	/**
	 * Refuse new sessions and end the open ones with {@link DisconnectReason#SHUTDOWN},
	 * each told to come back after its reconnection time and a random part of the jitter.
	 * Waits until what is queued was sent, at most 1.5 s.
	 */
	public void stop() {
		this.parts.sessions().accept(false);
		for (DefaultSession<?> session : this.parts.sessions().all()) {
			session.outlet()
				.end(DisconnectReason.SHUTDOWN, session.outlet().settings().retry(this.shutdownRetryJitter));
		}
		try {
			this.parts.sessions().awaitNone(MAX_STOP_NANOS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return whether sessions are taken.
	 * @return false after {@link #stop()} or {@link #close()}
	 */
	public boolean isRunning() {
		return this.parts.sessions().isAccepting();
	}

	/** {@linkplain #stop() Stop} and end all threads. */
	@Override
	public void close() {
		stop();
		this.parts.shards().close();
		this.timer.close();
	}

	/**
	 * Describes an engine. Not thread-safe.
	 */
	public static final class Builder {

		private @Nullable DataSerializer serializer;

		private @Nullable Executor executor;

		private EventLog eventLog = new InMemoryEventLog();

		private SessionOptions<?> sessionDefaults = SessionOptions.builder().build();

		private int deliveryThreads = Runtime.getRuntime().availableProcessors();

		private Duration maxWait = Duration.ofSeconds(5);

		private String disconnectEvent = "disconnect";

		private Duration shutdownRetryJitter = Duration.ofSeconds(5);

		private @Nullable UserNameResolver userNameResolver = UserNameResolver.ofPrincipal();

		private SessionLifecycleListener lifecycleListener = new SessionLifecycleListener() {
		};

		private @Nullable Timer timer;

		private Builder() {
		}

		/**
		 * Set what makes text of data; required.
		 * @param serializer the serializer
		 * @return this builder
		 */
		public Builder serializer(DataSerializer serializer) {
			this.serializer = serializer;
			return this;
		}

		/**
		 * Set where listeners and dependent stages of futures run; required. They may
		 * block there.
		 * @param executor the executor
		 * @return this builder
		 */
		public Builder executor(Executor executor) {
			this.executor = executor;
			return this;
		}

		/**
		 * Set the log that orders broadcasts; by default one in memory.
		 * @param eventLog the log, without a follower
		 * @return this builder
		 */
		public Builder eventLog(EventLog eventLog) {
			this.eventLog = eventLog;
			return this;
		}

		/**
		 * Set what holds for sessions that set nothing else.
		 * @param defaults the defaults
		 * @return this builder
		 */
		public Builder sessionDefaults(SessionOptions<?> defaults) {
			this.sessionDefaults = defaults;
			return this;
		}

		/**
		 * Set the number of delivery threads; by default one per processor.
		 * @param threads at least 1
		 * @return this builder
		 */
		public Builder deliveryThreads(int threads) {
			if (threads < 1) {
				throw new IllegalArgumentException("deliveryThreads must be at least 1");
			}
			this.deliveryThreads = threads;
			return this;
		}

		/**
		 * Set how long a broadcast may wait while the delivery threads are too far
		 * behind; 5 s by default.
		 * @param maxWait the time, zero to fail at once
		 * @return this builder
		 */
		public Builder maxWait(Duration maxWait) {
			this.maxWait = maxWait;
			return this;
		}

		/**
		 * Set the name of the event that tells a client not to come back;
		 * {@code disconnect} by default.
		 * @param name the name
		 * @return this builder
		 */
		public Builder disconnectEvent(String name) {
			this.disconnectEvent = name;
			return this;
		}

		/**
		 * Set up to how much is added at random to the reconnection time that clients are
		 * told at shutdown; 5 s by default.
		 * @param jitter the jitter, not negative
		 * @return this builder
		 */
		public Builder shutdownRetryJitter(Duration jitter) {
			if (jitter.isNegative()) {
				throw new IllegalArgumentException("shutdownRetryJitter must not be negative");
			}
			this.shutdownRetryJitter = jitter;
			return this;
		}

		/**
		 * Set which user a session belongs to; by default the principal's name says so.
		 * @param resolver the resolver, {@code null} for no user channels
		 * @return this builder
		 */
		public Builder userNameResolver(@Nullable UserNameResolver resolver) {
			this.userNameResolver = resolver;
			return this;
		}

		/**
		 * Set who hears of all sessions; by default nobody.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder lifecycleListener(SessionLifecycleListener listener) {
			this.lifecycleListener = listener;
			return this;
		}

		Builder timer(Timer timer) {
			this.timer = timer;
			return this;
		}

		/**
		 * Build the engine and start its threads.
		 * @return the engine
		 */
		public SseEngine build() {
			return new SseEngine(this);
		}

	}

}
