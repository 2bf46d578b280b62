package io.github.bettersse.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.bettersse.eventlog.Position;
import io.github.bettersse.redis.UnreadableRecordException.Cause;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.stream.ByteRecord;

/**
 * A record as it is in a stream.
 *
 * @param id its id
 * @param position that of the newest event, this one included; without an epoch if there
 * is no mark
 * @param sub 0 for an event, else the number of the record behind it
 * @param time when it was written, by the clock of the server
 * @param content what it says
 * @param begin how an epoch begins here, if one does
 */
record StreamRecord(String id, Position position, long sub, long time, byte[] content, @Nullable String begin) {

	private static final byte[] EMPTY = {};

	private static final int MAX_DIGITS = 18;

	private static final Pattern BEGIN = Pattern.compile("(restarted|continued) [0-9a-z]* \\d{1,18} \\d{1,18}");

	static StreamRecord of(ByteRecord record) {
		Map<String, byte[]> fields = fields(record);
		return of(record.getId().getValue(), fields.get("m"), fields.get("r"), fields.get("b"));
	}

	/**
	 * Create a record of what is in the stream: its id and its fields {@code m},
	 * {@code r} and {@code b}.
	 */
	static StreamRecord of(String id, byte @Nullable [] mark, byte @Nullable [] content, byte @Nullable [] begin) {
		String place = LogKeys.text(orEmpty(mark));
		int epochEnd = Math.max(0, place.indexOf(' '));
		int space = place.indexOf(' ', epochEnd + 1);
		int timeEnd = (space < 0) ? place.length() : space;
		String begins = (begin != null) ? LogKeys.text(begin) : null;
		boolean marked = isNumber(place, epochEnd + 1, timeEnd) && (begins == null || BEGIN.matcher(begins).matches());
		int hyphen = id.indexOf('-');
		return new StreamRecord(id,
				new Position(marked ? place.substring(0, epochEnd) : "", Long.parseUnsignedLong(id, 0, hyphen, 10)),
				Long.parseUnsignedLong(id, hyphen + 1, id.length(), 10),
				marked ? Long.parseLong(place, epochEnd + 1, timeEnd, 10) : 0, orEmpty(content),
				marked ? begins : null);
	}

	private static byte[] orEmpty(byte @Nullable [] bytes) {
		return (bytes != null) ? bytes : EMPTY;
	}

	private static boolean isNumber(String text, int start, int end) {
		for (int i = start; i < end; i++) {
			if (text.charAt(i) < '0' || text.charAt(i) > '9') {
				return false;
			}
		}
		return start < end && end - start <= MAX_DIGITS;
	}

	static Map<String, byte[]> fields(ByteRecord record) {
		Map<String, byte[]> fields = new HashMap<>();
		record.getValue().forEach((name, value) -> fields.put(LogKeys.text(name), value));
		return fields;
	}

	/** Return whether it says what its place is. */
	boolean isMarked() {
		return !this.position.epoch().isEmpty();
	}

	/** Return the reason to skip it if it does not. */
	UnreadableRecordException unmarked() {
		return new UnreadableRecordException(Cause.MARK, "no mark at " + this.id);
	}

}
