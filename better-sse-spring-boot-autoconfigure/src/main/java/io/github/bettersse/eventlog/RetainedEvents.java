package io.github.bettersse.eventlog;

import org.jspecify.annotations.Nullable;

/**
 * How much of a channel is retained at a moment. Immutable, thread-safe.
 *
 * @param count how many events
 * @param size how many bytes these are on the wire
 * @param oldest the position of the oldest of them, {@code null} if there is none
 * @param newest the position of the newest of them, {@code null} if there is none
 */
public record RetainedEvents(int count, long size, @Nullable Position oldest, @Nullable Position newest) {

	/** Nothing. */
	public static final RetainedEvents NONE = new RetainedEvents(0, 0, null, null);

	/**
	 * Return these and a newer event.
	 * @param entry the event
	 * @return both
	 */
	public RetainedEvents with(LogEntry entry) {
		return new RetainedEvents(this.count + 1, this.size + entry.frame().size(),
				(this.oldest != null) ? this.oldest : entry.position(), entry.position());
	}

}
