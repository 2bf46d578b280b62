package io.github.bettersse;

/**
 * Decides who may register with which channel. A bean of this type replaces the default,
 * which permits all. Thread-safe.
 * <p>
 * It is asked for each registration, on the thread that registers, and once more for each
 * channel that keeps history before a replay begins to a session that has just opened, on
 * the thread of the handler. A registration that is not allowed fails with a
 * {@link ChannelDeniedException}; one that is not allowed any more when its replay is to
 * begin is taken back, and the client is told with the event {@code channel-revoked}. For
 * registrations of the past there is {@link ChannelRegistry#revoke}. It is not asked for
 * the channel of the session's own user.
 */
@FunctionalInterface
public interface ChannelAuthorizer {

	/**
	 * Return whether a session may be in a channel. It may block, which holds up nothing
	 * but the registration. An exception goes to who registers; before a replay it is
	 * logged, and counts as no.
	 * @param handshake the request that has opened the session
	 * @param channel the name of the channel
	 * @return whether it may
	 */
	boolean isAllowed(Handshake handshake, String channel);

	/**
	 * Return the default: everybody may be everywhere.
	 * @return the authorizer
	 */
	static ChannelAuthorizer permitAll() {
		return (handshake, channel) -> true;
	}

}
