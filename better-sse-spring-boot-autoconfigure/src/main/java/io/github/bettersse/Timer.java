package io.github.bettersse;

/**
 * The port to time: one clock and one scheduler for all sessions. Thread-safe. Tasks must
 * not block and must not throw.
 */
interface Timer {

	/**
	 * Return the time of a clock that only goes forward.
	 * @return nanoseconds since any moment
	 * @see System#nanoTime()
	 */
	long nanoTime();

	/**
	 * Run a task once.
	 * @param task the task
	 * @param delayNanos after this many nanoseconds
	 * @return takes the task back if it has not run yet
	 */
	Runnable schedule(Runnable task, long delayNanos);

}
