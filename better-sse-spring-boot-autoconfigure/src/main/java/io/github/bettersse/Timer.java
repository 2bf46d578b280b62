package io.github.bettersse;

/**
 * The port to time: one clock for all sessions, and what is to be done later.
 * Thread-safe. Alarms and tasks must not block and must not throw.
 */
interface Timer {

	/**
	 * Return the time of a clock that only goes forward.
	 * @return nanoseconds since any moment
	 * @see System#nanoTime()
	 */
	long nanoTime();

	/**
	 * Set an alarm, unless it is set for an earlier time or was cancelled. An alarm
	 * belongs to one timer.
	 * @param alarm rings once
	 * @param delayNanos after this many nanoseconds
	 */
	void set(Alarm alarm, long delayNanos);

	/**
	 * Let an alarm never ring again, though it may be ringing now.
	 * @param alarm the alarm
	 */
	void cancel(Alarm alarm);

	/**
	 * Run a task once.
	 * @param task the task
	 * @param delayNanos after this many nanoseconds
	 * @return takes the task back if it has not run yet
	 */
	default Runnable schedule(Runnable task, long delayNanos) {
		Alarm alarm = new Alarm() {

			@Override
			void ring() {
				task.run();
			}

		};
		set(alarm, delayNanos);
		return () -> cancel(alarm);
	}

}
