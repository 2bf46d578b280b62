package io.github.bettersse;

/**
 * How what is written to a connection is to end.
 */
enum WriterEnding {

	/** Not yet. */
	NONE,

	/** After all that is queued. */
	FINISH,

	/** As it is. */
	ABORT

}
