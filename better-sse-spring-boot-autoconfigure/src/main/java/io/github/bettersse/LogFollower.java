package io.github.bettersse;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * Gets the events of the log one by one, and lets others do something between two of
 * them: what is submitted to a shard there is behind all deliveries up to a known
 * position, and before all others. Thread-safe.
 */
final class LogFollower {

	private final ReentrantLock lock = new ReentrantLock();

	private Position position;

	LogFollower(EventLog log) {
		this.position = log.getPosition();
	}

	/** Follow the log from now on. */
	void follow(EventLog log, EventLog.Follower follower) {
		log.follow(new EventLog.Follower() {
			@Override
			public void accept(LogEntry entry) {
				moveTo(entry.position(), () -> follower.accept(entry));
			}

			@Override
			public void lost(Position position, Predicate<String> channels, ResetReason reason) {
				moveTo(position, () -> follower.lost(position, channels, reason));
			}

			@Override
			public void skipped(Position position, @Nullable String channel) {
				moveTo(position, () -> follower.skipped(position, channel));
			}

			@Override
			public void latest(LogEntry entry) {
				follower.latest(entry);
			}

			@Override
			public void awaitRoom() {
				follower.awaitRoom();
			}

			@Override
			public void told(byte[] message) {
				follower.told(message);
			}
		});
	}

	private void moveTo(Position position, Runnable action) {
		this.lock.lock();
		try {
			this.position = position;
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return the position of the newest event that was handed on. */
	Position getPosition() {
		this.lock.lock();
		try {
			return this.position;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let a shard do something between two events: behind the deliveries up to a
	 * position, before all others.
	 * @param command makes of that position what is to be done; must not call the log
	 * @param ticket gets the command's number
	 */
	void submit(DeliveryShard shard, Function<Position, Runnable> command, LongConsumer ticket) {
		Runnable submitted;
		this.lock.lock();
		try {
			submitted = command.apply(this.position);
			if (shard.offer(submitted, ticket)) {
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		submitted.run();
	}

}
