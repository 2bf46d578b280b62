package io.github.bettersse.eventlog;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that a log knows at a position: what a {@link LogView} begins with.
 *
 * @param position the position of the newest event
 * @param first the sequence that its epoch began behind
 * @param past the epochs before that are still valid, the oldest first
 * @param retained the retained events of all channels, those of one channel in the log's
 * order
 * @param lost by channel: the sequence of its newest event that is not retained any more
 * @param lostOfOthers the sequence of the newest event that may be lost of all channels
 * that are not named
 * @param givenIds the ids that the application gave, the oldest first, and their
 * positions
 * @param latest the newest events of each name of the channels that keep those
 */
public record LogContents(Position position, long first, List<LogSegment> past, List<Retained> retained,
		Map<String, Long> lost, long lostOfOthers, Map<String, Position> givenIds, List<LogEntry> latest) {

	/**
	 * Return the contents of a log that begins anew.
	 * @param start the position before its first event
	 * @return contents without any event
	 */
	public static LogContents startingAt(Position start) {
		return empty(start, start.sequence(), List.of());
	}

	/**
	 * Return the contents of a log without any event.
	 * @param position the position of the newest one that there was
	 * @param first the sequence that its epoch began behind
	 * @param past the epochs before that are still valid, the oldest first
	 * @return contents without any event
	 */
	public static LogContents empty(Position position, long first, List<LogSegment> past) {
		return new LogContents(position, first, past, List.of(), Map.of(), position.sequence(), Map.of(), List.of());
	}

	/**
	 * Return whether a position is a place in this log.
	 * @param other the position
	 * @return false if it is of an epoch that is not valid any more, or ended before it
	 */
	public boolean contains(Position other) {
		return lineage().contains(other) && other.compareTo(this.position) <= 0;
	}

	/** Return what is retained after a position, in the order of the log. */
	Stream<LogEntry> after(Position seen) {
		return this.retained.stream()
			.map(Retained::entry)
			.filter((entry) -> entry.position().compareTo(seen) > 0)
			.sorted((one, other) -> one.position().compareTo(other.position()));
	}

	Lineage lineage() {
		return new Lineage(this.position.epoch(), this.first, this.past);
	}

	/**
	 * A retained event.
	 *
	 * @param entry the event
	 * @param retention how much of its channel is retained
	 * @param ageNanos its age
	 */
	public record Retained(LogEntry entry, Retention retention, long ageNanos) {
	}

}
