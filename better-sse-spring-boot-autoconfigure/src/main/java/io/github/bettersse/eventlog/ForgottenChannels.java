package io.github.bettersse.eventlog;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sequence of the newest event of each channel whose history was given back, so that
 * nobody takes the history of its successor for complete. Bounded: those that were
 * forgotten longest ago share one sequence. Under the lock of its log.
 */
final class ForgottenChannels {

	private static final int MAX_NAMES = 10_000;

	private final LinkedHashMap<String, Long> newest = new LinkedHashMap<>();

	private long ofAllOthers;

	ForgottenChannels(long ofAllOthers) {
		this.ofAllOthers = ofAllOthers;
	}

	void add(String channel, long sequence) {
		this.newest.put(channel, sequence);
		if (this.newest.size() > MAX_NAMES) {
			Map.Entry<String, Long> eldest = this.newest.entrySet().iterator().next();
			this.ofAllOthers = Math.max(this.ofAllOthers, eldest.getValue());
			this.newest.remove(eldest.getKey());
		}
	}

	/** Note the same sequence for all channels, greater than those before. */
	void addAll(long sequence) {
		this.newest.clear();
		this.ofAllOthers = sequence;
	}

	/** Return the sequence of the newest event that may be lost. */
	long get(String channel) {
		return this.newest.getOrDefault(channel, this.ofAllOthers);
	}

	/** Return the same, and leave it to the caller to know it from now on. */
	long take(String channel) {
		long sequence = get(channel);
		this.newest.remove(channel);
		return sequence;
	}

}
