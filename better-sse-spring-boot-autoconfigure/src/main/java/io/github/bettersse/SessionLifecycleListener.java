package io.github.bettersse;

/**
 * Hears of all sessions of the application. Called on the task executor, for one session
 * in order; one that throws is logged and harms no other.
 */
public interface SessionLifecycleListener {

	/**
	 * A session has opened.
	 * @param session the session
	 */
	default void onConnected(Session<?> session) {
	}

	/**
	 * A session that was open has ended.
	 * @param session the session
	 * @param reason why
	 */
	default void onDisconnected(Session<?> session, DisconnectReason reason) {
	}

	/**
	 * A session takes part in a channel.
	 * @param channel the channel
	 * @param session the session
	 */
	default void onRegistered(Channel<?, ?> channel, Session<?> session) {
	}

	/**
	 * A session takes part in a channel no more.
	 * @param channel the channel
	 * @param session the session
	 */
	default void onDeregistered(Channel<?, ?> channel, Session<?> session) {
	}

}
