package io.github.bettersse;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * A lock that remembers its holder by number. Every write to a socket takes one, and a
 * lock that refers to its holder would make the garbage collector look at each of them
 * again after each event.
 */
final class DrainGuard extends AbstractQueuedSynchronizer {

	private static final long serialVersionUID = 1L;

	private static final long NOBODY = 0;

	private volatile long holder = NOBODY;

	/** Take the guard if it is free; not even its holder gets it twice. */
	boolean tryLock() {
		return tryAcquire(1);
	}

	/** Wait for the guard; not for its holder. */
	void lock() {
		acquire(1);
	}

	void unlock() {
		release(1);
	}

	/** Return whether the guard was free a moment ago. */
	boolean seemsFree() {
		return getState() == 0;
	}

	boolean isHeldByCurrentThread() {
		return this.holder == currentThread();
	}

	@Override
	protected boolean tryAcquire(int one) {
		if (!compareAndSetState(0, 1)) {
			return false;
		}
		this.holder = currentThread();
		return true;
	}

	@Override
	protected boolean tryRelease(int one) {
		this.holder = NOBODY;
		setState(0);
		return true;
	}

	/** JDK 17 knows no other name for it. */
	@SuppressWarnings("deprecation")
	private static long currentThread() {
		return Thread.currentThread().getId();
	}

}
