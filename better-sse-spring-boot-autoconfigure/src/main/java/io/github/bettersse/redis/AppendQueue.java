package io.github.bettersse.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import io.github.bettersse.eventlog.Position;

/**
 * What waits to be sent to Redis, in the order of the callers. Under the lock of its
 * appender.
 */
final class AppendQueue {

	private static final int MAX_OPERATIONS = 128;

	private static final int MAX_BYTES = 512 * 1024;

	private static final int MAX_IDS = 10_000;

	private final String node;

	private final Deque<LogOperation> waiting = new ArrayDeque<>();

	/** Ids of pushes; of many only the newest are worth to be told. */
	private final LinkedHashMap<String, Position> ids = new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Position> eldest) {
			return size() > MAX_IDS;
		}
	};

	private long counter;

	AppendQueue(String node) {
		this.node = node;
	}

	/** Add an event that is made for the number by which the script knows it again. */
	void addNumbered(LongFunction<LogOperation> operation) {
		add(operation.apply(++this.counter));
	}

	void add(LogOperation operation) {
		this.waiting.add(operation);
	}

	void add(String id, Position position) {
		this.ids.remove(id);
		this.ids.put(id, position);
	}

	boolean isEmpty() {
		return this.waiting.isEmpty() && this.ids.isEmpty();
	}

	/** Move what goes with one call of the script to a list. */
	void moveTo(List<LogOperation> taken) {
		if (!this.ids.isEmpty()) {
			taken.add(new LogOperation.Tell("I",
					LogRecord.write(new LogRecord.GivenIds(this.node, new LinkedHashMap<>(this.ids)))));
			this.ids.clear();
		}
		int bytes = 0;
		while (!this.waiting.isEmpty() && taken.size() < MAX_OPERATIONS && bytes < MAX_BYTES) {
			LogOperation next = this.waiting.remove();
			taken.add(next);
			bytes += next.size();
		}
	}

}
