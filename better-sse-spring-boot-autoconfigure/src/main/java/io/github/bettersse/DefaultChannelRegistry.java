package io.github.bettersse;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link ChannelRegistry}; hands the events of the log to their
 * channels.
 */
final class DefaultChannelRegistry implements ChannelRegistry, EventLog.Follower, ClusterPresence.Events {

	private static final String USER_PREFIX = "user:";

	private static final ChannelOptions<Void, Object> ANY_SESSION = ChannelOptions.forSessions(Object.class);

	private final Map<String, DefaultChannel<?, ?>> channels = new ConcurrentHashMap<>();

	/** By channel: what newcomers get, also before anybody here has asked for it. */
	private final Map<String, Latest> latest = new ConcurrentHashMap<>();

	private final EngineParts parts;

	private final IdleHistories idleHistories;

	/** Null where no other node follows the log. */
	private final @Nullable Cluster cluster;

	DefaultChannelRegistry(EngineParts parts) {
		this.parts = parts;
		String nodeName = parts.log().getNodeName();
		this.cluster = (nodeName != null) ? new Cluster(parts, nodeName, this) : null;
		this.idleHistories = new IdleHistories(parts.timer(), this::giveBack);
	}

	@Override
	public Channel<Void, Object> channel(String name) {
		return channel(name, ANY_SESSION);
	}

	@Override
	public <C, S> Channel<C, S> channel(String name, ChannelOptions<C, S> options) {
		return checked(
				this.channels.computeIfAbsent(name, (absent) -> new DefaultChannel<>(name, options, this, this.parts)),
				options);
	}

	@Override
	public Channel<Void, Object> user(String userName) {
		String name = USER_PREFIX + userName;
		DefaultChannel<?, ?> known = this.channels.get(name);
		return (known != null) ? checked(known, ANY_SESSION)
				: new DefaultChannel<>(name, ANY_SESSION, this, this.parts);
	}

	@Override
	public boolean isOnline(String userName) {
		DefaultChannel<?, ?> channel = this.channels.get(USER_PREFIX + userName);
		return (channel != null && channel.getSessionCount() > 0) || others().sessionCount(USER_PREFIX + userName) > 0;
	}

	Others others() {
		return (this.cluster != null) ? this.cluster.presence() : Others.NONE;
	}

	@Nullable Cluster cluster() {
		return this.cluster;
	}

	/** Something has happened in a channel: forget that of a user who has left. */
	void used(DefaultChannel<?, ?> channel) {
		if (channel.keepsHistory()) {
			this.idleHistories.used(channel);
		}
		else {
			forgetIfUnused(channel);
		}
	}

	private void forgetIfUnused(DefaultChannel<?, ?> channel) {
		if (isOfUser(channel)) {
			this.channels.computeIfPresent(channel.getName(),
					(name, known) -> (known == channel && channel.isUnused()) ? null : known);
		}
	}

	/**
	 * Give the history of a channel back that nobody was in for long, unless that is by
	 * now the history of another one of its name.
	 */
	private void giveBack(DefaultChannel<?, ?> channel) {
		forgetIfUnused(channel);
		DefaultChannel<?, ?> known = this.channels.get(channel.getName());
		if (known == null || known == channel) {
			this.parts.log().forget(channel.getName());
		}
	}

	/** Do something that lasts to the channel that goes by the name of one. */
	<C, S> void use(DefaultChannel<C, S> channel, Consumer<DefaultChannel<C, S>> action) {
		use(channel, action, (removed) -> {
		});
	}

	/**
	 * Do something that lasts to the channel that goes by the name of one, which may have
	 * been removed or forgotten; once more if that happens meanwhile.
	 * @param undo takes it back from one that was removed
	 */
	<C, S> void use(DefaultChannel<C, S> channel, Consumer<DefaultChannel<C, S>> action,
			Consumer<DefaultChannel<C, S>> undo) {
		DefaultChannel<C, S> current = current(channel);
		action.accept(current);
		while (!holds(current)) {
			undo.accept(current);
			current = current(channel);
			action.accept(current);
		}
	}

	/** Return whether a channel is the one of its name; not while that changes. */
	private boolean holds(DefaultChannel<?, ?> channel) {
		return this.channels.computeIfPresent(channel.getName(), (name, known) -> known) == channel;
	}

	/**
	 * Return the channel that goes by the name of one, which is kept if there is none.
	 */
	<C, S> DefaultChannel<C, S> current(DefaultChannel<C, S> channel) {
		DefaultChannel<?, ?> known = this.channels.get(channel.getName());
		if (known == null) {
			known = this.channels.computeIfAbsent(channel.getName(), (absent) -> channel);
		}
		return (known == channel) ? channel : checked(known, channel.options());
	}

	/**
	 * Return the channel that goes by the name of one. That of a user is not kept if
	 * there is none: a broadcast to many who are offline leaves nothing behind.
	 */
	<C, S> DefaultChannel<C, S> known(DefaultChannel<C, S> channel) {
		DefaultChannel<?, ?> known = this.channels.get(channel.getName());
		if (known == null) {
			return isOfUser(channel) ? channel : current(channel);
		}
		return checked(known, channel.options());
	}

	private static boolean isOfUser(DefaultChannel<?, ?> channel) {
		return channel.getName().startsWith(USER_PREFIX);
	}

	/** Return whether a channel is that of one user. */
	static boolean isOfUser(DefaultChannel<?, ?> channel, @Nullable String userName) {
		return userName != null && channel.getName().equals(USER_PREFIX + userName);
	}

	@SuppressWarnings("unchecked")
	private static <C, S> DefaultChannel<C, S> checked(DefaultChannel<?, ?> channel, ChannelOptions<C, S> options) {
		if (!channel.options().equals(options)) {
			throw new IllegalStateException("Channel '" + channel.getName() + "' exists with options "
					+ channel.options() + ", not with " + options);
		}
		return (DefaultChannel<C, S>) channel;
	}

	@Override
	public Optional<Channel<?, ?>> find(String name) {
		return Optional.ofNullable(this.channels.get(name));
	}

	@Override
	public Collection<Channel<?, ?>> getChannels() {
		return List.copyOf(this.channels.values());
	}

	@Override
	public void remove(String name) {
		if (removeHere(name)) {
			this.parts.log().forget(name);
		}
		tell(NodeMessage.Kind.REMOVE, name);
	}

	/** Let a channel's sessions on this node take part no more. */
	boolean removeHere(String name) {
		DefaultChannel<?, ?> removed = this.channels.remove(name);
		this.latest.remove(name);
		if (removed != null) {
			removed.clear();
		}
		return removed != null;
	}

	private void tell(NodeMessage.Kind kind, String... texts) {
		if (this.cluster != null) {
			this.cluster.tell(kind, texts);
		}
	}

	@Override
	public void revoke(String userName, String channelName) {
		revokeHere(userName, channelName);
		tell(NodeMessage.Kind.REVOKE, userName, channelName);
	}

	/** Take the sessions of a user on this node out of a channel. */
	void revokeHere(String userName, String channelName) {
		this.parts.access().revoked();
		DefaultChannel<?, ?> channel = this.channels.get(channelName);
		if (channel != null) {
			this.parts.access().revoke(userName, channel);
		}
	}

	/** Hand an event to its channel. */
	@Override
	public void accept(LogEntry entry) {
		latest(entry);
		DefaultChannel<?, ?> channel = this.channels.get(entry.channel());
		if (channel != null) {
			channel.deliver(entry);
		}
	}

	/**
	 * A node that is saturated for long goes on all the same: its own events wait too.
	 */
	@Override
	public void awaitRoom() {
		this.parts.backlog().behindAfterWait();
	}

	@Override
	public void told(byte[] message) {
		if (this.cluster != null) {
			this.cluster.read(message);
		}
	}

	@Override
	public void latest(LogEntry entry) {
		if (entry.latest()) {
			this.latest.merge(entry.channel(), Latest.NONE.with(entry), (known, added) -> known.with(entry));
		}
	}

	/** Return what newcomers to a channel get. */
	Latest latest(String channel) {
		return this.latest.getOrDefault(channel, Latest.NONE);
	}

	@Override
	public void joined(String channel, String user) {
		DefaultChannel<?, ?> known = this.channels.get(channel);
		if (known != null) {
			known.members().presence().joined(user);
		}
	}

	@Override
	public void left(String channel, String user) {
		DefaultChannel<?, ?> known = this.channels.get(channel);
		if (known != null) {
			known.members().presence().left(user);
		}
	}

	@Override
	public void lost(Position position, Predicate<String> channels, ResetReason reason) {
		new LogLoss(position, (channel) -> !channel.keepsHistory() || channels.test(channel.getName()), reason)
			.tell(this.parts.sessions().all());
		if (this.cluster != null) {
			this.cluster.lost();
		}
	}

	@Override
	public void skipped(Position position, @Nullable String name) {
		new LogLoss(position, (channel) -> name == null || name.equals(channel.getName()), ResetReason.TRIMMED)
			.tell(this.parts.sessions().all());
	}

}
