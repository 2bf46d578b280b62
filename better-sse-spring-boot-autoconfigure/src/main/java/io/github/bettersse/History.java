package io.github.bettersse;

import java.time.Duration;

import io.github.bettersse.eventlog.Retention;

/**
 * How much of its events a channel keeps for clients that reconnect, and for newcomers
 * that ask for it. Several limits hold together. Immutable, thread-safe.
 */
public final class History {

	private static final History NONE = new History(Retention.NONE);

	private final Retention retention;

	private History(Retention retention) {
		this.retention = retention;
	}

	/**
	 * Keep nothing.
	 * @return no history
	 */
	public static History none() {
		return NONE;
	}

	/**
	 * Keep the newest events.
	 * @param maxEvents how many, at least 1
	 * @return the history
	 */
	public static History ofEvents(int maxEvents) {
		return NONE.maxEvents(maxEvents);
	}

	/**
	 * Keep events for a time.
	 * @param maxAge how long, greater than zero
	 * @return the history
	 */
	public static History ofAge(Duration maxAge) {
		return NONE.maxAge(maxAge);
	}

	/**
	 * Keep the newest events, as many as are not larger together than a size.
	 * @param maxSize how many bytes on the wire, at least 1
	 * @return the history
	 */
	public static History ofSize(long maxSize) {
		return NONE.maxSize(maxSize);
	}

	/**
	 * Return this history, bounded to a number of events too.
	 * @param maxEvents how many, at least 1
	 * @return the new history
	 */
	public History maxEvents(int maxEvents) {
		requirePositive(maxEvents, "maxEvents");
		return new History(new Retention(maxEvents, this.retention.maxAge(), this.retention.maxSize()));
	}

	/**
	 * Return this history, bounded to an age too.
	 * @param maxAge how long, greater than zero
	 * @return the new history
	 */
	public History maxAge(Duration maxAge) {
		requirePositive(maxAge.compareTo(Duration.ZERO), "maxAge");
		return new History(new Retention(this.retention.maxEvents(), maxAge, this.retention.maxSize()));
	}

	/**
	 * Return this history, bounded to a size too. The newest event is kept whatever its
	 * size.
	 * @param maxSize how many bytes on the wire, at least 1
	 * @return the new history
	 */
	public History maxSize(long maxSize) {
		requirePositive(maxSize, "maxSize");
		return new History(new Retention(this.retention.maxEvents(), this.retention.maxAge(), maxSize));
	}

	private static void requirePositive(long value, String name) {
		if (value <= 0) {
			throw new IllegalArgumentException(name + " must be greater than zero");
		}
	}

	/** Return whether nothing is kept. */
	boolean isNone() {
		return this.retention.isNone();
	}

	Retention retention() {
		return this.retention;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof History that && this.retention.equals(that.retention);
	}

	@Override
	public int hashCode() {
		return this.retention.hashCode();
	}

	@Override
	public String toString() {
		return isNone() ? "no history" : "history " + this.retention;
	}

}
