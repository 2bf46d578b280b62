package io.github.bettersse.eventlog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The retained events of all channels, bounded together: beyond the bound the oldest of
 * all goes first. Under the lock of its log.
 */
final class Histories {

	private final Map<String, ChannelHistory> histories = new HashMap<>();

	/** Those that are not empty, by the sequence of their oldest event. */
	private final TreeMap<Long, ChannelHistory> byOldest = new TreeMap<>();

	private final ForgottenChannels forgotten;

	private final long maxFootprint;

	private long footprint;

	/**
	 * Create empty histories.
	 * @param maxFootprint about how many bytes of memory they may take
	 * @param lost the sequence of the newest event that may be lost of any channel
	 */
	Histories(long maxFootprint, long lost) {
		this.maxFootprint = maxFootprint;
		this.forgotten = new ForgottenChannels(lost);
	}

	/** Note up to where the events of a channel are lost, before any is added. */
	void lost(String channel, long sequence) {
		this.forgotten.add(channel, sequence);
	}

	void add(LogEntry entry, Retention retention, long now) {
		ChannelHistory history = this.histories.computeIfAbsent(entry.channel(),
				(channel) -> new ChannelHistory(this.forgotten.take(channel)));
		change(history, () -> history.add(entry, retention, now));
		while (this.footprint > this.maxFootprint && this.byOldest.size() > 0) {
			ChannelHistory oldest = this.byOldest.firstEntry().getValue();
			change(oldest, oldest::removeOldest);
		}
	}

	private void change(ChannelHistory history, Runnable change) {
		if (history.count() > 0) {
			this.byOldest.remove(history.get(0).position().sequence());
		}
		this.footprint -= history.footprint();
		change.run();
		this.footprint += history.footprint();
		if (history.count() > 0) {
			this.byOldest.put(history.get(0).position().sequence(), history);
		}
	}

	private @Nullable ChannelHistory find(String channel, long now) {
		ChannelHistory history = this.histories.get(channel);
		if (history != null) {
			change(history, () -> history.trim(now));
		}
		return history;
	}

	/** Return the sequence of the newest event of a channel that may be lost. */
	long trimmed(String channel, long now) {
		ChannelHistory history = find(channel, now);
		return (history != null) ? history.trimmed() : this.forgotten.get(channel);
	}

	/** Return the sequence before the newest so many events of a channel. */
	long start(String channel, int maxEvents, long now) {
		ChannelHistory history = find(channel, now);
		if (history == null) {
			return this.forgotten.get(channel);
		}
		return (maxEvents < history.count()) ? history.get(history.count() - maxEvents).position().sequence() - 1
				: history.trimmed();
	}

	/** Return how much of a channel is retained. */
	RetainedEvents retained(String channel, long now) {
		ChannelHistory history = find(channel, now);
		return (history != null) ? history.retained() : RetainedEvents.NONE;
	}

	LogPage read(Map<String, Position> after, long upTo, long maxSize, long now) {
		Set<String> trimmed = new HashSet<>();
		PriorityQueue<Reader> readers = new PriorityQueue<>(Comparator.comparingLong(Reader::sequence));
		after.forEach((channel, position) -> {
			if (position.sequence() < trimmed(channel, now)) {
				trimmed.add(channel);
				return;
			}
			ChannelHistory history = this.histories.get(channel);
			if (history != null) {
				Reader reader = new Reader(history, history.placeAfter(position.sequence()));
				if (reader.sequence() <= upTo) {
					readers.add(reader);
				}
			}
		});
		List<LogEntry> entries = new ArrayList<>();
		long size = 0;
		while (!readers.isEmpty() && (size < maxSize || entries.isEmpty())) {
			Reader reader = readers.remove();
			LogEntry entry = reader.history.get(reader.place++);
			entries.add(entry);
			size += entry.frame().size();
			if (reader.sequence() <= upTo) {
				readers.add(reader);
			}
		}
		return new LogPage(entries, trimmed, readers.isEmpty());
	}

	/** Give back what there is of a channel up to an event. */
	void forget(String channel, long upTo) {
		ChannelHistory history = this.histories.get(channel);
		if (history == null) {
			return;
		}
		change(history, () -> {
			while (history.count() > 0 && history.get(0).position().sequence() <= upTo) {
				history.removeOldest();
			}
		});
		if (history.count() == 0) {
			this.histories.remove(channel);
			this.forgotten.add(channel, history.newest());
		}
	}

	/**
	 * Note that the newest event is lost, and with it what is retained before it: nobody
	 * is to take that for complete.
	 * @param channel its channel, {@code null} if it may be any
	 */
	void lose(@Nullable String channel, long sequence) {
		List<String> concerned = (channel != null) ? List.of(channel) : List.copyOf(this.histories.keySet());
		concerned.forEach((name) -> forget(name, sequence));
		if (channel != null) {
			this.forgotten.add(channel, sequence);
		}
		else {
			this.forgotten.addAll(sequence);
		}
	}

	private static final class Reader {

		private final ChannelHistory history;

		private int place;

		Reader(ChannelHistory history, int place) {
			this.history = history;
			this.place = place;
		}

		/**
		 * Return the sequence of the next event, the greatest of all if there is none.
		 */
		long sequence() {
			return (this.place < this.history.count()) ? this.history.get(this.place).position().sequence()
					: Long.MAX_VALUE;
		}

	}

}
