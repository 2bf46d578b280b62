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

	/** Return since when the socket takes nothing, 0 if it takes what there is. */
	long stalledSince() {
		return this.stalledSince;
	}

}
