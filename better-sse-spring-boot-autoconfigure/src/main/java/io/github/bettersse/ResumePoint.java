package io.github.bettersse;

import io.github.bettersse.event.EventId;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogCursor;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * Where a client wants to go on: nowhere if it is new.
 *
 * @param cursor what its last event id means, {@code null} for a newcomer
 */
record ResumePoint(@Nullable LogCursor cursor) {

	static final ResumePoint NEWCOMER = new ResumePoint(null);

	/** Find out what an id means; a random one leads nowhere, and nothing is lost. */
	static ResumePoint of(String eventId, EventLog log) {
		return (eventId.isEmpty() || EventId.isRandom(eventId)) ? NEWCOMER : new ResumePoint(log.resolve(eventId));
	}

	/** Return the position to go on from, if there is one. */
	@Nullable Position position() {
		return (this.cursor != null) ? this.cursor.position() : null;
	}

	/** Return why there is no position although the client wants to go on. */
	@Nullable ResetReason lost() {
		return (this.cursor != null) ? this.cursor.reason() : null;
	}

}
