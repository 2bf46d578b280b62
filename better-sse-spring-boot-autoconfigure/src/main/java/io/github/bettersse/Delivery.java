package io.github.bettersse;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * One event of one channel on its way through the shards, shared by all of them.
 * Thread-safe.
 */
final class Delivery {

	private final DefaultChannel<?, ?> channel;

	private final LogEntry entry;

	private final @Nullable BiPredicate<DefaultSession<?>, SseEvent> predicate;

	private final Frame frame;

	private final Backlog backlog;

	private final Failures failures;

	private final Runnable delivered;

	private final AtomicInteger shardsLeft;

	private final boolean carriesPosition;

	Delivery(DefaultChannel<?, ?> channel, LogEntry entry, @Nullable BiPredicate<DefaultSession<?>, SseEvent> predicate,
			EngineParts parts, int shards) {
		this.channel = channel;
		this.entry = entry;
		this.predicate = predicate;
		this.frame = entry.frame().withTime(parts.timer().nanoTime());
		this.backlog = parts.backlog();
		this.failures = parts.failures();
		this.delivered = channel.recorder().delivering();
		this.shardsLeft = new AtomicInteger(shards);
		this.carriesPosition = entry.position().toString().equals(this.frame.getLastId());
		this.backlog.add(this.frame.size());
	}

	DefaultChannel<?, ?> channel() {
		return this.channel;
	}

	Frame frame() {
		return this.frame;
	}

	/** Return the event's place in the log. */
	Position position() {
		return this.entry.position();
	}

	long sequence() {
		return position().sequence();
	}

	/** Return whether the event's id is its position. */
	boolean carriesPosition() {
		return this.carriesPosition;
	}

	boolean isFiltered() {
		return this.predicate != null;
	}

	/** Return whether a session gets the event; not if the filter fails. */
	boolean accepts(DefaultSession<?> session) {
		return this.predicate == null || this.predicate.test(session, this.entry.event());
	}

	/** One shard has handed the event to its sessions. */
	void done() {
		if (this.shardsLeft.decrementAndGet() == 0) {
			this.backlog.remove(this.frame.size());
			this.failures.run(this.delivered);
		}
	}

}
