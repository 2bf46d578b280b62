package io.github.bettersse;

/**
 * What a drain leads to once its guard is released.
 */
enum DrainOutcome {

	/** There is nothing more to write now. */
	WAITING,

	/** All was written and the stream is to be closed. */
	FINISHED,

	/** The stream is to be cut. */
	ABORTED,

	/** A write has failed. */
	FAILED

}
