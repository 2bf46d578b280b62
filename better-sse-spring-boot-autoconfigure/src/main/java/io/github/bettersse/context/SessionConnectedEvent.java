package io.github.bettersse.context;

import io.github.bettersse.Session;

/**
 * A session has opened. Published on the task executor, for one session in order.
 */
public final class SessionConnectedEvent extends SessionEvent {

	/**
	 * Create the event.
	 * @param session the session
	 */
	public SessionConnectedEvent(Session<?> session) {
		super(session);
	}

}
