package io.github.bettersse;

/**
 * What happens when an event does not fit into the queue of a session whose client reads
 * too slowly. Control frames of the library, such as the order not to come back, are
 * never dropped, and a batch is dropped as a whole or not at all. What is dropped is
 * counted ({@link Session#getDroppedCount()}) and not sent later.
 */
public enum OverflowStrategy {

	/**
	 * End the session with {@link DisconnectReason#OVERFLOW}, but for lack of progress
	 * only, since a burst fills the queues of healthy readers too: when more waits than
	 * the bound and the socket has taken nothing for a second, or when the queue reaches
	 * 16 times its bound. Until the handler has returned the bound holds as it is. The
	 * client sees its connection cut and reconnects.
	 */
	DISCONNECT,

	/**
	 * Drop the oldest events until the new one fits. The client sees a gap.
	 */
	DROP_OLDEST,

	/**
	 * Keep the newest event of each name only, and put the new one at the end: for
	 * tickers, where an event makes the one before it worthless. The client sees the
	 * newest state of each name. If the new event does not fit even then, end the session
	 * with {@link DisconnectReason#OVERFLOW}.
	 */
	KEEP_LATEST

}
