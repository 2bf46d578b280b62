package io.github.bettersse.context;

import io.github.bettersse.Channel;
import io.github.bettersse.Session;

/**
 * Something that has happened to a session in a channel.
 */
public abstract class SessionChannelEvent extends SessionEvent {

	private final transient Channel<?, ?> channel;

	SessionChannelEvent(Channel<?, ?> channel, Session<?> session) {
		super(session);
		this.channel = channel;
	}

	/**
	 * Return the channel.
	 * @return the channel
	 */
	public Channel<?, ?> getChannel() {
		return this.channel;
	}

}
