package io.github.bettersse.redis;

import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.eventlog.LogContents;
import io.github.bettersse.eventlog.LogSegment;
import io.github.bettersse.eventlog.Position;

/**
 * What the script answers: where the log stands.
 *
 * @param done whether the operations were done; false if the log has begun a new life
 * @param position the position of the newest event
 * @param sub the number of the newest record behind it
 * @param first the sequence that the epoch began behind
 * @param life names the keys of the histories
 * @param past the epochs before that are still valid
 * @param time the server's time in ms
 * @param lostOfOthers the sequence of the newest event that may be lost of channels that
 * have no mark
 * @param parent the epoch before
 * @param parentEnd the sequence of its last event that is in the log
 * @param parentSeen the sequence up to where that node had read it which ended it
 * @param results the positions of what was appended
 * @param length how many records the stream has, -1 if that was not asked for
 */
record LogState(boolean done, Position position, long sub, long first, String life, List<LogSegment> past, long time,
		long lostOfOthers, String parent, long parentEnd, long parentSeen, List<String> results, long length) {

	static LogState of(List<?> answer) {
		List<String> results = new ArrayList<>();
		((List<?>) answer.get(12)).forEach((result) -> results.add(text(result)));
		return new LogState(text(answer.get(0)).equals("done"),
				new Position(text(answer.get(1)), number(answer.get(3))), number(answer.get(4)), number(answer.get(2)),
				text(answer.get(5)), past(text(answer.get(6))), number(answer.get(7)), number(answer.get(8)),
				text(answer.get(9)), number(answer.get(10)), number(answer.get(11)), results,
				text(answer.get(13)).isEmpty() ? -1 : number(answer.get(13)));
	}

	private static List<LogSegment> past(String text) {
		List<LogSegment> past = new ArrayList<>();
		for (String segment : text.strip().split(" ")) {
			String[] parts = segment.split(":");
			if (parts.length == 3) {
				past.add(new LogSegment(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
			}
		}
		return past;
	}

	private static String text(Object value) {
		return LogKeys.text((byte[]) value);
	}

	private static long number(Object value) {
		return Long.parseLong(text(value));
	}

	/**
	 * Return whether nobody has still to be told that an event of the epoch before is
	 * lost: all were told when this one began anew, after that event had been read.
	 */
	boolean covers(Position acknowledged) {
		return this.past.isEmpty() && acknowledged.epoch().equals(this.parent)
				&& acknowledged.sequence() <= Math.max(this.parentEnd, this.parentSeen);
	}

	/** Return whether a position is a place in the log as it is now. */
	boolean contains(Position other) {
		return LogContents.empty(this.position, this.first, this.past).contains(other);
	}

	/** Return the id of the newest record in the stream. */
	String streamId() {
		return this.position.sequence() + "-" + this.sub;
	}

}
