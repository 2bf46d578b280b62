package io.github.bettersse.benchmarks.load;

/**
 * How often something is due, evenly over time. Not thread-safe.
 */
final class Pace {

	private final double perSecond;

	private long start;

	private boolean running;

	private long done;

	Pace(double perSecond) {
		this.perSecond = perSecond;
	}

	void start(long nanoTime) {
		this.start = nanoTime;
		this.running = true;
	}

	void stop() {
		this.running = false;
	}

	/** Return whether it is due once more. */
	boolean isDue(long nanoTime) {
		boolean due = this.running && (nanoTime - this.start) / 1e9 * this.perSecond >= this.done + 1;
		if (due) {
			this.done++;
		}
		return due;
	}

}
