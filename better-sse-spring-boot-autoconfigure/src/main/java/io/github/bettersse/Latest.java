package io.github.bettersse;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.bettersse.eventlog.LogEntry;

/**
 * The last event of each name in one channel, for newcomers. Immutable.
 */
record Latest(Map<String, LogEntry> byName) {

	static final Latest NONE = new Latest(Map.of());

	/**
	 * Return these with a later event in place of that of its name, if it is an event.
	 */
	Latest with(LogEntry entry) {
		String name = entry.frame().getName();
		if (name == null) {
			return this;
		}
		Map<String, LogEntry> changed = new HashMap<>(this.byName);
		changed.put(name, entry);
		return new Latest(changed);
	}

	/** Return the events in the order of the log. */
	Stream<LogEntry> inOrder() {
		return this.byName.values().stream().sorted(Comparator.comparing(LogEntry::position));
	}

}
