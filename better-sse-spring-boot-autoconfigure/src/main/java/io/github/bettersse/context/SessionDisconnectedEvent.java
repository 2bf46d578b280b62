package io.github.bettersse.context;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;

/**
 * A session that was open has ended. Published on the task executor, for one session in
 * order.
 */
public final class SessionDisconnectedEvent extends SessionEvent {

	private final DisconnectReason reason;

	/**
	 * Create the event.
	 * @param session the session
	 * @param reason why it has ended
	 */
	public SessionDisconnectedEvent(Session<?> session, DisconnectReason reason) {
		super(session);
		this.reason = reason;
	}

	/**
	 * Return why the session has ended.
	 * @return the reason
	 */
	public DisconnectReason getReason() {
		return this.reason;
	}

}
