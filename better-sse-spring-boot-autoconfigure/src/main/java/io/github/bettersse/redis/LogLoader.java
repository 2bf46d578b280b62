package io.github.bettersse.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bettersse.eventlog.LogContents;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogContents.Retained;
import io.github.bettersse.eventlog.Position;

import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.stream.ByteRecord;
import org.springframework.data.redis.connection.zset.Tuple;

/**
 * Loads all that is retained. The log goes on meanwhile: what is newer than the state
 * that the loading began with is left to the stream, and the mark of each channel is read
 * after its events, so that what was trimmed in between counts as lost. So does an event
 * that cannot be read. Thread-safe.
 */
final class LogLoader {

	private static final int PAGE = 500;

	private static final byte[] EMPTY = {};

	private final LogKeys keys;

	private final RecordReader reader;

	LogLoader(LogKeys keys, RecordReader reader) {
		this.keys = keys;
		this.reader = reader;
	}

	LogContents load(RedisConnection connection, LogState state) {
		List<Retained> retained = new ArrayList<>();
		Map<String, Long> lost = new HashMap<>();
		for (Tuple name : connection.zSetCommands().zRangeWithScores(this.keys.names(state.life()), 0, -1)) {
			String channel = LogKeys.text(name.getValue());
			List<Retained> events = new ArrayList<>();
			long skipped = load(connection, state, channel, events);
			byte[] mark = connection.hashCommands().hGet(this.keys.marks(state.life()), name.getValue());
			long lostThere = Math.max(skipped, (mark != null) ? Long.parseLong(LogKeys.text(mark).split(" ")[0]) : 0);
			events.removeIf((event) -> event.entry().position().sequence() <= lostThere);
			lost.put(channel, events.isEmpty() ? name.getScore().longValue() : lostThere);
			retained.addAll(events);
		}
		return new LogContents(state.position(), state.first(), state.past(), retained, lost, state.lostOfOthers(),
				givenIds(connection, state), latest(connection, state));
	}

	private List<LogEntry> latest(RedisConnection connection, LogState state) {
		List<LogEntry> latest = new ArrayList<>();
		Map<byte[], byte[]> kept = connection.hashCommands().hGetAll(this.keys.latest(state.life()));
		for (byte[] value : (kept != null) ? kept.values() : List.<byte[]>of()) {
			int end = 0;
			while (end < value.length && value[end] != '\n') {
				end++;
			}
			Position position = Position.parse(LogKeys.text(Arrays.copyOf(value, end)));
			byte[] content = Arrays.copyOfRange(value, Math.min(end + 1, value.length), value.length);
			if (position.compareTo(state.position()) <= 0
					&& this.reader.read(content) instanceof LogRecord.Event event) {
				latest.add(event.at(position));
			}
		}
		return latest;
	}

	/** Return the sequence of the newest event that cannot be read. */
	private long load(RedisConnection connection, LogState state, String channel, List<Retained> events) {
		AtomicLong skipped = new AtomicLong();
		pages(connection, this.keys.history(state.life(), channel), (record) -> {
			StreamRecord stored = StreamRecord.of(record);
			if (stored.position().compareTo(state.position()) > 0) {
				return;
			}
			if (!stored.isMarked()) {
				skipped.set(stored.position().sequence());
				throw stored.unmarked();
			}
			if (this.reader.read(stored.content()) instanceof LogRecord.Event event) {
				events.add(new Retained(event.at(stored.position()), event.retention(),
						TimeUnit.MILLISECONDS.toNanos(Math.max(0, state.time() - stored.time()))));
			}
			else {
				skipped.set(stored.position().sequence());
			}
		});
		return skipped.get();
	}

	private Map<String, Position> givenIds(RedisConnection connection, LogState state) {
		Map<String, Position> ids = new LinkedHashMap<>();
		pages(connection, this.keys.givenIds(state.life()), (record) -> {
			Map<String, byte[]> fields = StreamRecord.fields(record);
			byte[] id = fields.get("i");
			if (id != null) {
				put(ids, LogKeys.text(id), Position.parse(LogKeys.text(fields.getOrDefault("p", EMPTY))));
			}
			else if (LogRecord.read(fields.getOrDefault("r", EMPTY)) instanceof LogRecord.GivenIds several) {
				several.positions().forEach((name, position) -> put(ids, name, position));
			}
		});
		return ids;
	}

	private static void put(Map<String, Position> ids, String id, Position position) {
		ids.remove(id);
		ids.put(id, position);
	}

	private void pages(RedisConnection connection, byte[] key, RecordConsumer consumer) {
		Range.Bound<String> from = Range.Bound.unbounded();
		List<ByteRecord> page;
		do {
			page = connection.streamCommands()
				.xRange(key, Range.of(from, Range.Bound.unbounded()), Limit.limit().count(PAGE));
			for (ByteRecord record : page) {
				try {
					consumer.accept(record);
				}
				catch (IOException | RuntimeException ex) {
					this.reader.skipped(ex);
				}
				from = Range.Bound.exclusive(record.getId().getValue());
			}
		}
		while (page.size() == PAGE);
	}

	@FunctionalInterface
	private interface RecordConsumer {

		void accept(ByteRecord record) throws IOException;

	}

}
