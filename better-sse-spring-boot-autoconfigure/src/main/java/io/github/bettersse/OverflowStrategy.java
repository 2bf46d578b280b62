package io.github.bettersse;

/**
 * What happens when an event does not fit into the queue of a session whose client reads
 * too slowly.
 */
public enum OverflowStrategy {

	/**
	 * End the session with {@link DisconnectReason#OVERFLOW}. The client sees its
	 * connection cut and reconnects.
	 */
	DISCONNECT

}
