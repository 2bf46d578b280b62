package io.github.bettersse.eventlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The newest events of each name of the channels that keep those, until there is a
 * follower to keep them. Under the lock of its log.
 */
final class LatestEntries {

	private final Map<List<String>, LogEntry> entries = new HashMap<>();

	void add(LogEntry entry) {
		String name = entry.frame().getName();
		if (entry.latest() && name != null) {
			this.entries.put(List.of(entry.channel(), name), entry);
		}
	}

	void drainTo(Consumer<LogEntry> follower) {
		this.entries.values().forEach(follower);
		this.entries.clear();
	}

}
