package io.github.bettersse;

/**
 * When one session last wrote something, and whether its socket takes anything now. By
 * the clock of {@link Timer}. Written under the drain's guard, read by any thread.
 */
final class WriteProgress {

	private final Timer timer;

	private volatile long lastWrite;

	/** 0 while the socket takes what there is. */
	private volatile long stalledSince;

	WriteProgress(Timer timer) {
		this.timer = timer;
	}

	void wrote() {
		this.lastWrite = this.timer.nanoTime();
	}

	void flows() {
		this.stalledSince = 0;
	}

	/**
	 * Note that the socket takes nothing.
	 * @return whether that is new
	 */
	boolean stalls() {
		if (this.stalledSince != 0) {
			return false;
		}
		long now = this.timer.nanoTime();
		this.stalledSince = (now != 0) ? now : 1;
		return true;
	}

	long lastWrite() {
		return this.lastWrite;
	}

	/**
	 * Return for how many nanoseconds the socket takes nothing, 0 if it takes something.
	 */
	long stalledFor(long now) {
		long since = this.stalledSince;
		return (since != 0) ? Math.max(1, now - since) : 0;
	}

	/** Return the same for this moment. */
	long stalledFor() {
		return (this.stalledSince != 0) ? stalledFor(this.timer.nanoTime()) : 0;
	}

}
