package io.github.bettersse;

import java.util.Collection;
import java.util.Optional;

/**
 * All channels of the application. Thread-safe; no method blocks.
 */
public interface ChannelRegistry {

	/**
	 * Return the channel of a name that takes sessions of any state, creating it if need
	 * be.
	 * @param name the name
	 * @return the channel
	 * @throws IllegalStateException if it exists with other types or options
	 */
	Channel<Void, Object> channel(String name);

	/**
	 * Return the channel of a name, creating it with these options if need be.
	 * @param name the name
	 * @param options the options
	 * @param <C> the type of the channel's state
	 * @param <S> the type of the state of its sessions
	 * @return the channel
	 * @throws IllegalStateException if it exists with other types or options; the message
	 * names both
	 */
	<C, S> Channel<C, S> channel(String name, ChannelOptions<C, S> options);

	/**
	 * Return the channel of a name if it exists; never creates one.
	 * @param name the name
	 * @return the channel
	 */
	Optional<Channel<?, ?>> find(String name);

	/**
	 * Return the channels that exist.
	 * @return a snapshot
	 */
	Collection<Channel<?, ?>> getChannels();

	/**
	 * Return the channel {@code user:<name>} of all open sessions of one user, which they
	 * join by themselves. It exists while it has sessions, history, listeners or a state;
	 * a broadcast to a user who is offline is no error, and is kept if the channel keeps
	 * history.
	 * @param userName the name, as a {@link UserNameResolver} gives it
	 * @return the channel
	 */
	Channel<Void, Object> user(String userName);

	/**
	 * Return whether a user has an open session.
	 * @param userName the name, as a {@link UserNameResolver} gives it
	 * @return whether there is one
	 */
	boolean isOnline(String userName);

	/**
	 * Deregister all sessions of a user from a channel, now: they get what was broadcast
	 * to it before, then the event {@code channel-revoked} with the data
	 * <code>{"channel":"..."}</code>, and stay open. Does nothing for a user or a channel
	 * that is not there. So that they cannot register again, a {@link ChannelAuthorizer}
	 * has to refuse them from before this call on.
	 * @param userName the name, as a {@link UserNameResolver} gives it
	 * @param channelName the name of the channel
	 */
	void revoke(String userName, String channelName);

	/**
	 * Deregister all sessions of a channel, which stay open, and forget it and its
	 * history. Does nothing if there is none of that name.
	 * @param name the name
	 */
	void remove(String name);

}
