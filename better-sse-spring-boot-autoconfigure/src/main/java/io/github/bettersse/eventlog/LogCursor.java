package io.github.bettersse.eventlog;

import org.jspecify.annotations.Nullable;

/**
 * What an event id that a client came with means to a log: a position to go on from, or
 * the reason why there is none.
 *
 * @param position the position of the event, {@code null} if there is a reason
 * @param reason why there is no position, {@code null} if there is one
 */
public record LogCursor(@Nullable Position position, @Nullable ResetReason reason) {

	/**
	 * Return the cursor of a position.
	 * @param position the position
	 * @return a cursor to go on from
	 */
	public static LogCursor at(Position position) {
		return new LogCursor(position, null);
	}

	/**
	 * Return the cursor of an id that leads nowhere.
	 * @param reason why
	 * @return a cursor without a position
	 */
	public static LogCursor lost(ResetReason reason) {
		return new LogCursor(null, reason);
	}

}
