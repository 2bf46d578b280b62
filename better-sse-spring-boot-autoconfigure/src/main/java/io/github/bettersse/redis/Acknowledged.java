package io.github.bettersse.redis;

import java.util.Comparator;
import java.util.PriorityQueue;

import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has acknowledged to this node: its events are done when they were read from
 * the stream, too. Thread-safe.
 */
final class Acknowledged {

	private final PriorityQueue<Waiting> unread = new PriorityQueue<>(Comparator.comparing(Waiting::position));

	private @Nullable Position newest;

	private long read;

	private record Waiting(Position position, LogOperation.Append append) {
	}

	Acknowledged(Position read) {
		this.read = read.sequence();
	}

	/** An event is in the log. */
	void add(LogOperation.Append append, Position position) {
		synchronized (this) {
			if (this.newest == null || position.compareTo(this.newest) > 0) {
				this.newest = position;
			}
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

	/** Return the position of the newest event, if there was any in this life. */
	synchronized @Nullable Position newest() {
		return this.newest;
	}

	/** A new epoch goes on with all of them. */
	synchronized void continueIn(String epoch) {
		if (this.newest != null) {
			this.newest = new Position(epoch, this.newest.sequence());
		}
	}

	/**
	 * What they are is of no account any more: all clients are told that events are lost.
	 */
	synchronized void clear() {
		this.newest = null;
	}

}
