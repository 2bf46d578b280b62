package io.github.bettersse;

import java.util.concurrent.TimeUnit;

/**
 * How many connects there may be per second: as many at once, and then one for each such
 * part of a second. Kept as the time until which all that was taken is used up. For its
 * owner's lock.
 */
final class ConnectRate {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final Timer timer;

	/** Zero for no limit. */
	private final long interval;

	/** How far ahead of the clock a full burst is. */
	private final long burst;

	private long usedUpAt;

	ConnectRate(int perSecond, Timer timer) {
		this.timer = timer;
		this.interval = (perSecond > 0) ? Math.max(1, SECOND / perSecond) : 0;
		this.burst = (perSecond - 1L) * this.interval;
		this.usedUpAt = timer.nanoTime();
	}

	/** Take one connect, if there is one. */
	boolean take() {
		if (this.interval == 0) {
			return true;
		}
		long now = this.timer.nanoTime();
		long start = (this.usedUpAt - now > 0) ? this.usedUpAt : now;
		if (start - now > this.burst) {
			return false;
		}
		this.usedUpAt = start + this.interval;
		return true;
	}

}
