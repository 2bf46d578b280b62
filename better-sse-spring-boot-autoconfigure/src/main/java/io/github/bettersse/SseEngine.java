package io.github.bettersse;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * The running library: channels, sessions, and the threads that deliver. One per
 * application. Thread-safe.
 * <p>
 * It takes sessions as soon as it is built. {@link #stop()} ends all of them and refuses
 * new ones until {@link #start()}; channels and the log survive that. {@link #close()}
 * gives the threads back for good.
 */
public final class SseEngine implements AutoCloseable {

	private static final long MAX_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

	private final EngineParts parts;

	private final ChannelRegistry channelRegistry;

	private final SessionFactory sessionFactory;

	private final Duration shutdownRetryJitter;

	private final ScheduledTimer timer = new ScheduledTimer();

	SseEngine(SseEngineBuilder settings) {
		this.parts = settings.parts(this.timer);
		this.shutdownRetryJitter = settings.shutdownRetryJitter;
		DefaultChannelRegistry channels = new DefaultChannelRegistry(this.parts);
		this.parts.follower().follow(this.parts.log(), channels);
		this.channelRegistry = channels;
		this.sessionFactory = new DefaultSessionFactory(settings.completeSessionDefaults(), this.shutdownRetryJitter,
				new UserSessions(settings.userNameResolver, settings.userChannels, channels), this.parts);
	}

	/**
	 * Start to describe an engine.
	 * @return a builder
	 */
	public static SseEngineBuilder builder() {
		return new SseEngineBuilder();
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

}
