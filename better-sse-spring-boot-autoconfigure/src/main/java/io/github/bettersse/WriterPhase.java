package io.github.bettersse;

/**
 * Who may write to a connection.
 */
enum WriterPhase {

	/** Nobody: the handler runs and nothing was sent. */
	HELD,

	/** The handler's thread, blocking: the head is out and the handler still runs. */
	BLOCKING,

	/** Any thread, one at a time. */
	OPEN,

	/** Nobody any more. */
	ENDED

}
