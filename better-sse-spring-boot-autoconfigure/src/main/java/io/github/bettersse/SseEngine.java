package io.github.bettersse;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

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

	private final EngineParts parts;

	private final ChannelRegistry channelRegistry;

	/** Null if the log is that of one node. */
	private final @Nullable Cluster cluster;

	private final SessionFactory sessionFactory;

	private final Shutdown shutdown;

	private final ScheduledTimer timer = new ScheduledTimer();

	SseEngine(SseEngineBuilder settings) {
		this.parts = settings.parts(this.timer);
		this.shutdown = new Shutdown(this.parts.sessions(), this.parts.timer(), settings.shutdownRetryJitter,
				settings.shutdownDrain);
		DefaultChannelRegistry channels = new DefaultChannelRegistry(this.parts);
		this.parts.follower().follow(this.parts.log(), channels);
		this.channelRegistry = channels;
		this.cluster = channels.cluster();
		if (this.cluster != null) {
			this.cluster.start();
		}
		this.sessionFactory = new DefaultSessionFactory(settings.completeSessionDefaults(), settings.limits,
				settings.shutdownRetryJitter,
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

	/**
	 * Return how this engine does. For operators: looks at each session.
	 * @return a snapshot
	 */
	public EngineStatistics getStatistics() {
		return EngineStatistics.of(getSessions().stream().map(this::getStatistics).toList(), this.parts);
	}

	/**
	 * Return how a session does.
	 * @param session a session of this engine
	 * @return a snapshot
	 * @throws IllegalArgumentException if the session comes from elsewhere
	 */
	public SessionStatistics getStatistics(Session<?> session) {
		return DefaultSession.own(session).outlet().statistics();
	}

	/**
	 * Return what there is of a channel. For operators: may read all that is retained.
	 * @param channel a channel of this engine
	 * @return a snapshot
	 */
	public ChannelStatistics getStatistics(Channel<?, ?> channel) {
		return ChannelStatistics.of(channel, this.parts.log().getRetained(channel.getName()));
	}

	/**
	 * End a session whose right to the stream was withdrawn: with
	 * {@link DisconnectReason#REVOKED}, after what was queued, within a second. Its
	 * client will come back, and has to be refused then. Does nothing if the session has
	 * ended.
	 * @param session a session of this engine
	 */
	public void revoke(Session<?> session) {
		DefaultSession.own(session).outlet().end(DisconnectReason.REVOKED, null);
	}

	/**
	 * {@linkplain #revoke(Session) Revoke} a session when its right will end.
	 * @param session a session of this engine
	 * @param end when it is to end; at once if that is past
	 */
	public void revoke(Session<?> session, Instant end) {
		long delay = TimeUnit.NANOSECONDS.convert(Duration.between(Instant.now(), end));
		Runnable cancel = this.parts.timer().schedule(() -> revoke(session), Math.max(0, delay));
		session.onDisconnected((reason) -> cancel.run());
	}

	/**
	 * Return what is allowed and how much of it is taken on this node.
	 * @return a snapshot
	 */
	public LimitUsage getLimits() {
		return this.parts.slots().usage();
	}

	/**
	 * Return whether the event log can be reached. May ask it, and wait for the answer.
	 * @return whether broadcasts are taken and delivered
	 */
	public boolean isLogReachable() {
		return this.parts.log().isReachable();
	}

	/**
	 * Return whether other nodes may follow the same log.
	 * @return false if the log is that of this node
	 */
	public boolean isShared() {
		return this.cluster != null;
	}

	/**
	 * Return the nodes that follow the same log, this one included.
	 * @return a snapshot; empty if the log is that of one node
	 */
	public Collection<SseNode> getNodes() {
		return (this.cluster != null) ? this.cluster.nodes() : List.of();
	}

	/**
	 * Return how many records the log of several nodes keeps for those that are behind.
	 * @return the number about a second ago; empty if the log is that of one node
	 */
	public OptionalLong getStreamLength() {
		return this.parts.log().getStreamLength();
	}

	/**
	 * Tell a client not to come back, and close its session, as
	 * {@link Session#disconnect()}; on whatever node it is. Does nothing if there is no
	 * such session.
	 * @param sessionId the id of the session
	 */
	public void disconnect(String sessionId) {
		this.parts.sessions().disconnect(sessionId);
		if (this.cluster != null) {
			this.cluster.tell(NodeMessage.Kind.DISCONNECT, sessionId);
		}
	}

	/** Take sessions again after {@link #stop()}. Does nothing while running. */
	public void start() {
		this.parts.sessions().accept(true);
	}

	/**
	 * Refuse new sessions and end the open ones with {@link DisconnectReason#SHUTDOWN},
	 * each told to come back after its reconnection time and a random part of the jitter:
	 * at once, or spread over the time that was set for it. Waits until what is queued
	 * was sent, at most 1.5 s longer.
	 */
	public void stop() {
		this.parts.sessions().accept(false);
		this.shutdown.run();
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
		if (this.cluster != null) {
			this.cluster.close();
		}
		this.parts.shards().close();
		this.timer.close();
	}

}
