package io.github.bettersse;

/**
 * What a {@link Timer} does when it is due: once each time that it is set. Its state is
 * that of the {@link AlarmQueue} that it is in, so that a session which waits for its
 * time takes no further object.
 */
abstract class Alarm {

	static final int NOT_SET = -1;

	static final int CANCELLED = -2;

	/** Where it is in its queue, or why it is in none. */
	volatile int place = NOT_SET;

	/** By the clock of its timer; written before the place. */
	long dueAt;

	/**
	 * Return whether it will ring by a time, unless it is cancelled. For any thread: what
	 * that has done before can be seen when the alarm rings.
	 */
	final boolean isSetBy(long time) {
		return this.place >= 0 && this.dueAt - time <= 0;
	}

	/** It is due, and may be set again. Must not block and must not throw. */
	abstract void ring();

}
