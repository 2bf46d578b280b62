package io.github.bettersse;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.bettersse.eventlog.LogEntry;

/**
 * The one implementation of {@link ChannelRegistry}; hands the events of the log to their
 * channels.
 */
final class DefaultChannelRegistry implements ChannelRegistry, Consumer<LogEntry> {

	private static final String USER_PREFIX = "user:";

	private static final ChannelOptions<Void, Object> ANY_SESSION = ChannelOptions.forSessions(Object.class);

	private final Map<String, DefaultChannel<?, ?>> channels = new ConcurrentHashMap<>();

	private final EngineParts parts;

	DefaultChannelRegistry(EngineParts parts) {
		this.parts = parts;
		parts.log().follow(this);
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
		return channel(USER_PREFIX + userName);
	}

	@Override
	public boolean isOnline(String userName) {
		DefaultChannel<?, ?> channel = this.channels.get(USER_PREFIX + userName);
		return channel != null && channel.getSessionCount() > 0;
	}

	/** Return whether a channel is the one of its name; not while that changes. */
	boolean holds(DefaultChannel<?, ?> channel) {
		return this.channels.computeIfPresent(channel.getName(), (name, known) -> known) == channel;
	}

	/** Forget the channel of a user who has left. */
	void forgetIfUnused(DefaultChannel<?, ?> channel) {
		if (channel.getName().startsWith(USER_PREFIX)) {
			this.channels.computeIfPresent(channel.getName(),
					(name, known) -> (known == channel && channel.isUnused()) ? null : known);
		}
	}

	/** Return the channel that now goes by the name of one that may have been removed. */
	<C, S> DefaultChannel<C, S> current(DefaultChannel<C, S> channel) {
		DefaultChannel<?, ?> known = this.channels.get(channel.getName());
		if (known == null) {
			known = this.channels.computeIfAbsent(channel.getName(), (absent) -> channel);
		}
		return (known == channel) ? channel : checked(known, channel.options());
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
		DefaultChannel<?, ?> removed = this.channels.remove(name);
		if (removed != null) {
			removed.clear();
		}
	}

	@Override
	public void accept(LogEntry entry) {
		DefaultChannel<?, ?> channel = this.channels.get(entry.channel());
		if (channel != null) {
			channel.deliver(entry);
		}
	}

}
