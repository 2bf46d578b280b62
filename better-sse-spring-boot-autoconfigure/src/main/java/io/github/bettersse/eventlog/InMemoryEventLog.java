package io.github.bettersse.eventlog;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The log of one node: a sequence under a lock. Its epoch is new with each instance.
 * Thread-safe; {@link #append} waits only while another event is handed to the follower.
 */
public final class InMemoryEventLog implements EventLog {

	private final ReentrantLock lock = new ReentrantLock();

	private volatile Position position = Position.newEpoch();

	private @Nullable Consumer<LogEntry> follower;

	@Override
	public CompletableFuture<Position> append(LogEvent event) {
		this.lock.lock();
		try {
			Position next = this.position.next();
			LogEntry entry = event.at(next);
			this.position = next;
			if (this.follower != null) {
				this.follower.accept(entry);
			}
			return CompletableFuture.completedFuture(next);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void follow(Consumer<LogEntry> follower) {
		this.lock.lock();
		try {
			if (this.follower != null) {
				throw new IllegalStateException("The log has a follower already.");
			}
			this.follower = follower;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Position getPosition() {
		return this.position;
	}

}
