package io.github.bettersse.redis;

import java.util.HashMap;
import java.util.Map;

import io.github.bettersse.eventlog.Position;
import io.lettuce.core.StreamMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.stream.ByteRecord;

/**
 * A record as it is in a stream.
 *
 * @param id its id
 * @param position that of the newest event, this one included
 * @param sub 0 for an event, else the number of the record behind it
 * @param time when it was written, by the clock of the server
 * @param content what it says
 * @param begin how an epoch begins here, if one does
 */
record StreamRecord(String id, Position position, long sub, long time, byte[] content, @Nullable String begin) {

	private static final byte[] EMPTY = {};

	static StreamRecord of(ByteRecord record) {
		return of(record.getId().getValue(), record.getValue());
	}

	static StreamRecord of(StreamMessage<byte[], byte[]> message) {
		return of(message.getId(), message.getBody());
	}

	private static StreamRecord of(String id, Map<byte[], byte[]> body) {
		Map<String, byte[]> fields = fields(body);
		String[] mark = LogKeys.text(fields.getOrDefault("m", EMPTY)).split(" ");
		int hyphen = id.indexOf('-');
		byte[] begin = fields.get("b");
		return new StreamRecord(id, new Position(mark[0], Long.parseLong(id.substring(0, hyphen))),
				Long.parseLong(id.substring(hyphen + 1)), Long.parseLong(mark[1]), fields.getOrDefault("r", EMPTY),
				(begin != null) ? LogKeys.text(begin) : null);
	}

	static Map<String, byte[]> fields(Map<byte[], byte[]> body) {
		Map<String, byte[]> fields = new HashMap<>();
		body.forEach((name, value) -> fields.put(LogKeys.text(name), value));
		return fields;
	}

}
