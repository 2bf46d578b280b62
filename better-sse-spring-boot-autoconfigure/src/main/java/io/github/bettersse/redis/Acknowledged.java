package io.github.bettersse.redis;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has acknowledged to this node: its events are done when they were read from
 * the stream, too. Thread-safe.
 */
final class Acknowledged {

	private final PriorityQueue<Waiting> unread = new PriorityQueue<>(
			Comparator.comparingLong(Waiting::sequence).thenComparingLong(Waiting::sub));

	/**
	 * The newest by epoch: one may be acknowledged before its epoch is read to begin.
	 */
	private final Map<String, Position> newest = new HashMap<>();

	private Waiting read;

	/**
	 * What is done when a record was read.
	 *
	 * @param sub 0 for an event, else the number of the record behind it
	 */
	private record Waiting(long sequence, long sub, Runnable done) {

		boolean isBehind(Waiting other) {
			return (this.sequence != other.sequence) ? this.sequence > other.sequence : this.sub > other.sub;
		}

	}

	Acknowledged(LogState read) {
		this.read = at(read.position().sequence(), read.sub());
	}

	private static Waiting at(long sequence, long sub) {
		return new Waiting(sequence, sub, () -> {
		});
	}

	/** An event is in the log. */
	void add(LogOperation.Append append, Position position) {
		synchronized (this) {
			this.newest.merge(position.epoch(), position, Acknowledged::later);
		}
		await(new Waiting(position.sequence(), 0, () -> append.position().complete(position)));
	}

	/** The log has come to a record. */
	void await(String id, LogOperation.Ask ask) {
		String[] parts = id.split("-");
		await(new Waiting(Long.parseLong(parts[0]), Long.parseLong(parts[1]), () -> ask.read().complete(null)));
	}

	private void await(Waiting waiting) {
		synchronized (this) {
			if (waiting.isBehind(this.read)) {
				this.unread.add(waiting);
				return;
			}
		}
		waiting.done().run();
	}

	/** All up to a record was read. */
	void read(Position position, long sub) {
		Waiting upTo = at(position.sequence(), sub);
		Waiting next = next(upTo);
		while (next != null) {
			next.done().run();
			next = next(upTo);
		}
	}

	private synchronized @Nullable Waiting next(Waiting upTo) {
		this.read = upTo;
		Waiting next = this.unread.peek();
		return (next != null && !next.isBehind(upTo)) ? this.unread.remove() : null;
	}

	private static Position later(Position one, Position other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	/** Return the sequence of the newest event of an epoch, 0 if there is none. */
	synchronized long newestIn(String epoch) {
		Position position = this.newest.get(epoch);
		return (position != null) ? position.sequence() : 0;
	}

	/** Return the newest of each epoch that is of account. */
	synchronized List<Position> newest() {
		return List.copyOf(this.newest.values());
	}

	/** All those of an epoch are in the log of another one, too. */
	synchronized void continueIn(String epoch, String next) {
		Position position = this.newest.remove(epoch);
		if (position != null) {
			this.newest.merge(next, new Position(next, position.sequence()), Acknowledged::later);
		}
	}

	/** Those of an epoch are of no account any more: all are told that they are lost. */
	synchronized void forget(String epoch) {
		this.newest.remove(epoch);
	}

}
