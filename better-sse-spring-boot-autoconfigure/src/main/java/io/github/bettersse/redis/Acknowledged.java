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

	private final PriorityQueue<Waiting> unread = new PriorityQueue<>(Comparator.comparing(Waiting::position));

	/**
	 * The newest by epoch: one may be acknowledged before its epoch is read to begin.
	 */
	private final Map<String, Position> newest = new HashMap<>();

	private long read;

	private record Waiting(Position position, LogOperation.Append append) {
	}

	Acknowledged(Position read) {
		this.read = read.sequence();
	}

	/** An event is in the log. */
	void add(LogOperation.Append append, Position position) {
		synchronized (this) {
			this.newest.merge(position.epoch(), position, Acknowledged::later);
			if (position.sequence() > this.read) {
				this.unread.add(new Waiting(position, append));
				return;
			}
		}
		append.position().complete(position);
	}

	/** All up to a position was read. */
	void read(Position position) {
		Waiting next = next(position.sequence());
		while (next != null) {
			next.append().position().complete(next.position());
			next = next(position.sequence());
		}
	}

	private synchronized @Nullable Waiting next(long sequence) {
		this.read = Math.max(this.read, sequence);
		Waiting next = this.unread.peek();
		return (next != null && next.position().sequence() <= sequence) ? this.unread.remove() : null;
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
