package io.github.bettersse.eventlog;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The positions of the newest ids that were given by the application. Under the lock of
 * its log.
 */
final class GivenIds {

	private static final int MAX_IDS = 10_000;

	private final LinkedHashMap<String, Position> positions = new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Position> eldest) {
			return size() > MAX_IDS;
		}
	};

	/** Remember the id that the application gave to an event, if it did. */
	void put(LogEntry entry) {
		String id = entry.event().getId();
		if (id != null && !id.isEmpty()) {
			put(id, entry.position());
		}
	}

	void put(String id, Position position) {
		this.positions.remove(id);
		this.positions.put(id, position);
	}

	@Nullable Position get(String id) {
		return this.positions.get(id);
	}

}
