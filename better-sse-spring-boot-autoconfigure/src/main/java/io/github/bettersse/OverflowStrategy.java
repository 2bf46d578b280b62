package io.github.bettersse;

/**
 * What happens when more waits in the queue of a session than its bound, and its client
 * does not read. A full queue alone is no overflow, since a burst fills those of healthy
 * readers too: only when the socket has taken nothing for a second, or 16 times the bound
 * wait. Until the handler has returned the bound holds as it is. Control frames of the
 * library, such as the order not to come back, are never dropped, and a batch is dropped
 * as a whole or not at all. What is dropped is counted
 * ({@link Session#getDroppedCount()}) and not sent later.
 */
public enum OverflowStrategy {

	/**
	 * End the session with {@link DisconnectReason#OVERFLOW}. The client sees its
	 * connection cut and reconnects.
	 */
	DISCONNECT,

	/**
	 * Drop the oldest events until the rest fits. The client sees a gap.
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
