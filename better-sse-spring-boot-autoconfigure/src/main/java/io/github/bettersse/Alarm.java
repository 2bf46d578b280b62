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
	int place = NOT_SET;

	/** By the clock of its timer. */
	long dueAt;

	/** It is due, and may be set again. Must not block and must not throw. */
	abstract void ring();

}
