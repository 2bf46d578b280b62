package io.github.bettersse.context;

import io.github.bettersse.Channel;
import io.github.bettersse.Session;

/**
 * A session takes part in a channel no more. Published on the task executor, for one
 * session in order.
 */
public final class SessionDeregisteredEvent extends SessionChannelEvent {

	/**
	 * Create the event.
	 * @param channel the channel
	 * @param session the session
	 */
	public SessionDeregisteredEvent(Channel<?, ?> channel, Session<?> session) {
		super(channel, session);
	}

}
