package io.github.bettersse.eventlog;

import java.time.Duration;

/**
 * How much of a channel's events a log retains. Each limit holds by itself; the newest
 * event is retained even if it is larger than the limit.
 *
 * @param maxEvents how many events, 0 for no limit
 * @param maxAge how long, zero for no limit
 * @param maxSize how many bytes on the wire, 0 for no limit
 */
public record Retention(int maxEvents, Duration maxAge, long maxSize) {

	/** Nothing is retained. */
	public static final Retention NONE = new Retention(0, Duration.ZERO, 0);

	/**
	 * Check the limits.
	 * @throws IllegalArgumentException if one is negative
	 */
	public Retention {
		if (maxEvents < 0 || maxAge.isNegative() || maxSize < 0) {
			throw new IllegalArgumentException("A limit of a history must not be negative");
		}
	}

	/**
	 * Return whether nothing is retained: a retention without any limit is none.
	 * @return whether all limits are 0
	 */
	public boolean isNone() {
		return this.maxEvents == 0 && this.maxAge.isZero() && this.maxSize == 0;
	}

}
