package io.github.bettersse.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.bettersse.eventlog.Position;
import io.github.bettersse.redis.UnreadableRecordException.Cause;
import io.lettuce.core.StreamMessage;
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
		return of(record.getId().getValue(), record.getValue());
	}

	static StreamRecord of(StreamMessage<byte[], byte[]> message) {
		return of(message.getId(), message.getBody());
	}

	private static StreamRecord of(String id, Map<byte[], byte[]> body) {
		Map<String, byte[]> fields = fields(body);
		String[] mark = LogKeys.text(fields.getOrDefault("m", EMPTY)).split(" ");
		byte[] field = fields.get("b");
		String begin = (field != null) ? LogKeys.text(field) : null;
		boolean marked = mark.length > 1 && isNumber(mark[1]) && (begin == null || BEGIN.matcher(begin).matches());
		int hyphen = id.indexOf('-');
		return new StreamRecord(id,
				new Position(marked ? mark[0] : "", Long.parseUnsignedLong(id.substring(0, hyphen))),
				Long.parseUnsignedLong(id.substring(hyphen + 1)), marked ? Long.parseLong(mark[1]) : 0,
				fields.getOrDefault("r", EMPTY), marked ? begin : null);
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	static Map<String, byte[]> fields(Map<byte[], byte[]> body) {
		Map<String, byte[]> fields = new HashMap<>();
		body.forEach((name, value) -> fields.put(LogKeys.text(name), value));
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
