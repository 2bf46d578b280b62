package io.github.bettersse.eventlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a log whose positions are valid: the current one, and those before it
 * that lost nothing but their tails. Sequences never go back, so that a position of an
 * earlier epoch is the same place under the current one. Immutable.
 *
 * @param epoch the current epoch
 * @param first the sequence that it began behind
 * @param past those before, the oldest first
 */
record Lineage(String epoch, long first, List<LogSegment> past) {

	Lineage {
		past = List.copyOf(past);
	}

	static Lineage startingAt(Position start) {
		return new Lineage(start.epoch(), start.sequence(), List.of());
	}

	/** Return this with one more epoch. */
	Lineage continuedAt(Position start, long last) {
		List<LogSegment> longer = new ArrayList<>(this.past);
		longer.add(new LogSegment(this.epoch, this.first, last));
		return new Lineage(start.epoch(), start.sequence(), longer);
	}

	/**
	 * Return what an id means that has the form of a position.
	 * @param newest the position of the newest event
	 */
	LogCursor resolve(String eventId, Position newest) {
		Position parsed;
		try {
			parsed = Position.parse(eventId);
		}
		catch (NumberFormatException ex) {
			// More digits than any sequence has
			return LogCursor.lost(ResetReason.MALFORMED);
		}
		if (!contains(parsed)) {
			return LogCursor.lost(ResetReason.FOREIGN_EPOCH);
		}
		return (parsed.compareTo(newest) <= 0) ? LogCursor.at(newest.at(parsed.sequence()))
				: LogCursor.lost(ResetReason.FORGED);
	}

	/**
	 * Return whether a position is a place in this log. It may have been written down
	 * under a later epoch than that of its event.
	 */
	boolean contains(Position position) {
		boolean found = position.epoch().equals(this.epoch);
		if (found && position.sequence() >= this.first) {
			return true;
		}
		for (int i = this.past.size() - 1; i >= 0; i--) {
			LogSegment segment = this.past.get(i);
			found = found || segment.epoch().equals(position.epoch());
			if (found && position.sequence() >= segment.first()) {
				return position.sequence() <= segment.last();
			}
		}
		return false;
	}

}
