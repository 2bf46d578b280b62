package io.github.bettersse.eventlog;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The port to the ordered log of broadcast events: gives each event its position, in one
 * total order over all channels, and hands it to every node's follower in that order.
 * <ul>
 * <li>Thread-safe. {@link #append} may be called on any thread, also from within a
 * follower's listeners, but not by the follower itself.</li>
 * <li>The follower is called for one event at a time, in the order of positions, each
 * event once. It does not block and does not throw.</li>
 * <li>An event that was appended on this node has been handed to this node's follower
 * when its future completes.</li>
 * </ul>
 */
public interface EventLog {

	/**
	 * Append an event.
	 * @param event the event, encoded
	 * @return completes with its position, or with the reason why it was not appended; a
	 * log in memory returns it completed
	 */
	CompletableFuture<Position> append(LogEvent event);

	/**
	 * Set who gets the events that are appended from now on, on any node.
	 * @param follower the one follower of this node
	 * @throws IllegalStateException if there is one already
	 */
	void follow(Consumer<LogEntry> follower);

	/**
	 * Return the position of the newest event that the follower was given, with sequence
	 * 0 if there was none yet.
	 * @return the position
	 */
	Position getPosition();

}
