package io.github.bettersse;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes between publishers and delivery threads, bounded: a publisher that is faster
 * than this server waits here, before its event is appended and holding no lock. A slow
 * reader does not count, only the server's own pace. Thread-safe.
 */
final class Backlog {

	private static final System.Logger logger = System.getLogger(Backlog.class.getName());

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final long maxBytes;

	private final long maxWaitNanos;

	private final Alert alert;

	private long bytes;

	Backlog(long maxBytes, long maxWaitNanos, Timer timer) {
		this.alert = new Alert(logger, timer::nanoTime);
		this.maxBytes = maxBytes;
		this.maxWaitNanos = maxWaitNanos;
	}

	/**
	 * Wait until there is room. Returns at once on threads of the library.
	 * @throws SseException if no room came free in time
	 */
	void awaitRoom() {
		long behind = behindAfterWait();
		if (behind > 0) {
			String state = "the delivery threads were " + behind + " bytes behind for "
					+ TimeUnit.NANOSECONDS.toMillis(this.maxWaitNanos) + " ms.";
			this.alert.raise(() -> "The server is saturated and broadcasts fail: " + state + " Broadcast less, "
					+ "or give the server more processors and better-sse.delivery.threads.");
			throw new SseException("Cannot broadcast: " + state);
		}
	}

	/**
	 * Wait until there is room, or for as long as a broadcast would. Return how many
	 * bytes there is no room for, 0 if there is some.
	 */
	long behindAfterWait() {
		this.lock.lock();
		try {
			long left = this.maxWaitNanos;
			while (this.bytes >= this.maxBytes && !LibraryThread.isCurrent()) {
				if (left <= 0) {
					return this.bytes;
				}
				left = this.room.awaitNanos(left);
			}
			return 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SseException("Cannot broadcast: interrupted while waiting for the delivery threads.", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return how many bytes wait. */
	long size() {
		this.lock.lock();
		try {
			return this.bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Count bytes that were handed to delivery. */
	void add(long count) {
		this.lock.lock();
		try {
			this.bytes += count;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Count bytes that were delivered. */
	void remove(long count) {
		this.lock.lock();
		try {
			this.bytes -= count;
			if (this.bytes < this.maxBytes) {
				this.room.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
