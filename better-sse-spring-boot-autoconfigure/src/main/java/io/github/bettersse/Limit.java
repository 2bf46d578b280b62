package io.github.bettersse;

/**
 * What {@link SseLimits} bound the opening of sessions by.
 */
public enum Limit {

	/** The number of sessions of this node. */
	SESSIONS(503, "%s sessions in all"),

	/** The number of new sessions in a second. */
	CONNECTS_PER_SECOND(429, "%s connects per second"),

	/** The number of sessions of one user. */
	SESSIONS_PER_USER(429, "%s sessions per user"),

	/** The number of sessions from one address. */
	SESSIONS_PER_ADDRESS(429, "%s sessions per remote address");

	private final int status;

	private final String description;

	Limit(int status, String description) {
		this.status = status;
		this.description = description;
	}

	/** Return the status of an answer that rejects. */
	int status() {
		return this.status;
	}

	String describe(SseLimits limits) {
		return this.description.formatted(switch (this) {
			case SESSIONS -> limits.maxSessions();
			case CONNECTS_PER_SECOND -> limits.maxConnectsPerSecond();
			case SESSIONS_PER_USER -> limits.maxSessionsPerUser();
			case SESSIONS_PER_ADDRESS -> limits.maxSessionsPerAddress();
		});
	}

}
