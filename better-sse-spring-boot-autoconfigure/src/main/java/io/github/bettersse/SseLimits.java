package io.github.bettersse;

/**
 * How much an engine takes. Zero stands for no limit. A session counts, however it is
 * opened, from before its handler runs until its connection is about to end. Immutable,
 * thread-safe.
 *
 * @param maxSessions how many sessions there may be on this node
 * @param maxSessionsPerUser how many sessions one user may have on this node; sessions
 * without a user do not count
 * @param maxSessionsPerAddress how many sessions there may be from one remote address on
 * this node
 * @param maxConnectsPerSecond how many sessions may be opened per second: a burst of so
 * many, and so many in each second from then on
 * @param maxEventSize how many bytes one event may have on the wire, without an id that
 * the library gives it; a larger one is an {@link SseException} for who sends it
 * @param onExceeded what a client is told that is beyond a limit
 */
public record SseLimits(int maxSessions, int maxSessionsPerUser, int maxSessionsPerAddress, int maxConnectsPerSecond,
		long maxEventSize, LimitAnswer onExceeded) {

	private static final SseLimits NONE = new SseLimits(0, 0, 0, 0, 0, LimitAnswer.RETRY_LATER);

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if one is negative
	 */
	public SseLimits {
		requireNotNegative(maxSessions, "maxSessions");
		requireNotNegative(maxSessionsPerUser, "maxSessionsPerUser");
		requireNotNegative(maxSessionsPerAddress, "maxSessionsPerAddress");
		requireNotNegative(maxConnectsPerSecond, "maxConnectsPerSecond");
		requireNotNegative(maxEventSize, "maxEventSize");
	}

	private static void requireNotNegative(long value, String name) {
		OptionRules.require(value >= 0, name, "must not be negative");
	}

	/**
	 * Limit nothing.
	 * @return no limits; who is beyond one that is added is told to come back later
	 */
	public static SseLimits none() {
		return NONE;
	}

	/**
	 * Return these limits with another bound of all sessions.
	 * @param count how many sessions there may be, zero for any number
	 * @return the new limits
	 */
	public SseLimits maxSessions(int count) {
		return new SseLimits(count, this.maxSessionsPerUser, this.maxSessionsPerAddress, this.maxConnectsPerSecond,
				this.maxEventSize, this.onExceeded);
	}

	/**
	 * Return these limits with another bound of the sessions of one user.
	 * @param count how many sessions a user may have, zero for any number
	 * @return the new limits
	 */
	public SseLimits maxSessionsPerUser(int count) {
		return new SseLimits(this.maxSessions, count, this.maxSessionsPerAddress, this.maxConnectsPerSecond,
				this.maxEventSize, this.onExceeded);
	}

	/**
	 * Return these limits with another bound of the sessions from one remote address.
	 * @param count how many sessions there may be from it, zero for any number
	 * @return the new limits
	 */
	public SseLimits maxSessionsPerAddress(int count) {
		return new SseLimits(this.maxSessions, this.maxSessionsPerUser, count, this.maxConnectsPerSecond,
				this.maxEventSize, this.onExceeded);
	}

	/**
	 * Return these limits with another bound of the sessions that are opened per second.
	 * @param count how many may be opened, zero for any number
	 * @return the new limits
	 */
	public SseLimits maxConnectsPerSecond(int count) {
		return new SseLimits(this.maxSessions, this.maxSessionsPerUser, this.maxSessionsPerAddress, count,
				this.maxEventSize, this.onExceeded);
	}

	/**
	 * Return these limits with another bound of one event.
	 * @param bytes how many bytes an event may have, zero for any number
	 * @return the new limits
	 */
	public SseLimits maxEventSize(long bytes) {
		return new SseLimits(this.maxSessions, this.maxSessionsPerUser, this.maxSessionsPerAddress,
				this.maxConnectsPerSecond, bytes, this.onExceeded);
	}

	/**
	 * Return these limits with another answer.
	 * @param answer what a client is told that is beyond a limit
	 * @return the new limits
	 */
	public SseLimits onExceeded(LimitAnswer answer) {
		return new SseLimits(this.maxSessions, this.maxSessionsPerUser, this.maxSessionsPerAddress,
				this.maxConnectsPerSecond, this.maxEventSize, answer);
	}

}
