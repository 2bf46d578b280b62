package io.github.bettersse;

/**
 * When one session last wrote something, and whether its socket takes anything now. By
 * the clock of {@link Timer}. Written under the drain's guard, read by any thread.
 */
final class WriteProgress {

	private static final long NOT_YET_TRIED = Long.MIN_VALUE;

	private final Timer timer;

	private volatile long lastWrite;

	/** 0 while the socket takes what there is. */
	private volatile long stalledSince = NOT_YET_TRIED;

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
		if (this.stalledSince != 0 && this.stalledSince != NOT_YET_TRIED) {
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
	 * Before the first try that is for ever.
	 */
	long stalledFor() {
		long since = this.stalledSince;
		if (since == 0) {
			return 0;
		}
		return (since != NOT_YET_TRIED) ? Math.max(1, this.timer.nanoTime() - since) : Long.MAX_VALUE;
	}

}
