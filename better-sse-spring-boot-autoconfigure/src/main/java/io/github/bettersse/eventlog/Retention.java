package io.github.bettersse.eventlog;

import java.time.Duration;

/**
 * How much of a channel's events a log retains. Each limit holds by itself; the newest
 * event is retained even if it is larger than the limit.
 *
 * @param maxEvents how many events, 0 for no limit
 * @param maxAge how long, zero for no limit
 * @param maxSize how many bytes on the wire, 0 for no limit
 * @param latest whether the newest event of each name is kept for newcomers, apart from
 * the limits
 */
public record Retention(int maxEvents, Duration maxAge, long maxSize, boolean latest) {

	/** Nothing is retained. */
	public static final Retention NONE = new Retention(0, Duration.ZERO, 0);

	/**
	 * Create a retention of history alone.
	 * @param maxEvents how many events, 0 for no limit
	 * @param maxAge how long, zero for no limit
	 * @param maxSize how many bytes on the wire, 0 for no limit
	 */
	public Retention(int maxEvents, Duration maxAge, long maxSize) {
		this(maxEvents, maxAge, maxSize, false);
	}

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
	 * Return the same for a channel that keeps the newest event of each name.
	 * @return the retention
	 */
	public Retention withLatest() {
		return new Retention(this.maxEvents, this.maxAge, this.maxSize, true);
	}

	/**
	 * Return whether no history is retained: a retention without any limit is none.
	 * @return whether all limits are 0
	 */
	public boolean isNone() {
		return this.maxEvents == 0 && this.maxAge.isZero() && this.maxSize == 0;
	}

}
