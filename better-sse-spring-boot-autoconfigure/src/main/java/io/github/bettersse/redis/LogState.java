package io.github.bettersse.redis;

import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.eventlog.LogContents;
import io.github.bettersse.eventlog.LogSegment;
import io.github.bettersse.eventlog.Position;

/**
 * Where the log stands, as the script answers a look.
 *
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
 */
record LogState(Position position, long sub, long first, String life, List<LogSegment> past, long time,
		long lostOfOthers, String parent, long parentEnd, long parentSeen) {

	static LogState of(List<?> answer) {
		return new LogState(new Position(text(answer.get(0)), number(answer.get(1))), number(answer.get(2)),
				number(answer.get(5)), text(answer.get(3)), past(text(answer.get(6))), number(answer.get(4)),
				number(answer.get(7)), text(answer.get(8)), number(answer.get(9)), number(answer.get(10)));
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
