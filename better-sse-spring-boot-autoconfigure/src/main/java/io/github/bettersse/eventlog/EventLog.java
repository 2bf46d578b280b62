package io.github.bettersse.eventlog;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The port to the ordered log of broadcast events: gives each event its position, in one
 * total order over all channels, hands it to every node's follower in that order, and
 * retains what channels keep of their history.
 * <ul>
 * <li>Thread-safe. {@link #append} may be called on any thread, also from within a
 * follower's listeners, but not by the follower itself. The other methods must not be
 * called by the follower either, but for {@link #getPosition}.</li>
 * <li>The follower is called for one event at a time, in the order of positions, each
 * event once. It does not block and does not throw.</li>
 * <li>An event that was appended on this node has been handed to this node's follower
 * when its future completes, and an event that was handed to the follower can be
 * read.</li>
 * <li>Nothing is lost in silence: whoever asks for events that were retained once and are
 * not any more is told so, also after the channel was forgotten.</li>
 * </ul>
 */
public interface EventLog {

	/**
	 * Append an event, and retain it as its retention says.
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
	void follow(Follower follower);

	/**
	 * Return the position of the newest event that the follower was given, with sequence
	 * 0 if there was none yet.
	 * @return the position
	 */
	Position getPosition();

	/**
	 * Return what an id means that a client came with. A log remembers the newest 10,000
	 * ids that were given by the application. May wait a moment where another node may
	 * have given this one to a client that comes from there.
	 * @param eventId the id, of any kind but random ones
	 * @return the position to go on from, or why there is none
	 */
	LogCursor resolve(String eventId);

	/**
	 * Remember the position of an id that the application gave to a push.
	 * @param eventId the id
	 * @param position the position of the last event that the client has got before it
	 */
	void remember(String eventId, Position position);

	/**
	 * Return whether all events of a channel after a position are retained.
	 * @param channel the channel
	 * @param after the position, not after {@link #getPosition}
	 * @return whether none was lost; true if there were none
	 */
	boolean isRetained(String channel, Position after);

	/**
	 * Return from where to read the newest events of a channel.
	 * @param channel the channel
	 * @param maxEvents how many events at most; {@link Integer#MAX_VALUE} for all that
	 * are retained
	 * @return the position before the first of them
	 */
	Position getStart(String channel, int maxEvents);

	/**
	 * Read what is retained of some channels, in the order of the log.
	 * @param after by channel: the position after which to begin
	 * @param upTo the position of the last event to read, not after {@link #getPosition}
	 * @param maxSize about how many bytes to read; at least one event
	 * @return the events
	 */
	LogPage read(Map<String, Position> after, Position upTo, long maxSize);

	/**
	 * Return how much of a channel is retained. For operators: by default all of it is
	 * read.
	 * @param channel the channel
	 * @return what is retained now
	 */
	default RetainedEvents getRetained(String channel) {
		Position newest = getPosition();
		Position after = getStart(channel, Integer.MAX_VALUE);
		RetainedEvents retained = RetainedEvents.NONE;
		LogPage page = null;
		while (page == null || !page.last()) {
			page = read(Map.of(channel, after), newest, 256 * 1024);
			for (LogEntry entry : page.entries()) {
				retained = retained.with(entry);
				after = entry.position();
			}
			if (page.entries().isEmpty()) {
				break;
			}
		}
		return retained;
	}

	/**
	 * Return whether the log can be reached now. May ask it, and wait for the answer.
	 * @return whether it takes and gives events; true by default
	 */
	default boolean isReachable() {
		return true;
	}

	/**
	 * Give back what is retained of a channel.
	 * @param channel the channel
	 */
	void forget(String channel);

	/**
	 * Return the name of this node, if other nodes may follow the log too.
	 * @return the name by which operators know it, {@code null} for the log of one node
	 */
	default @Nullable String getNodeName() {
		return null;
	}

	/**
	 * Return how many records are kept for nodes that are behind, events and what nodes
	 * tell each other alike. Answers at once.
	 * @return the number about a second ago; empty if it is not known, and for the log of
	 * one node
	 */
	default OptionalLong getStreamLength() {
		return OptionalLong.empty();
	}

	/**
	 * Tell the followers of all nodes something that is no event, each at the same place
	 * among the events. Never waits; keeps trying for as long as the log cannot be
	 * reached.
	 * @param message what to tell
	 * @throws UnsupportedOperationException if the log is that of one node
	 */
	default void tell(byte[] message) {
		throw new UnsupportedOperationException("This is the log of one node");
	}

	/**
	 * Gets the events of a log on one node: one call at a time, in the order of the log.
	 * Neither method blocks or throws.
	 */
	@FunctionalInterface
	interface Follower {

		/**
		 * Take the next event.
		 * @param entry the event
		 */
		void accept(LogEntry entry);

		/**
		 * Take the newest event of its name in a channel that keeps those, from before
		 * the events that this follower is given; does nothing if not overridden.
		 * @param entry the event
		 */
		default void latest(LogEntry entry) {
		}

		/**
		 * Take note that the log has lost events, or that this node has missed some for
		 * good: whoever has followed a channel must be told. A log in memory never calls
		 * this; does nothing if not overridden.
		 * @param position where the log goes on, greater than what was given before
		 * @param channels of the channels that keep history, those concerned; all others
		 * are
		 * @param reason what has happened
		 */
		default void lost(Position position, Predicate<String> channels, ResetReason reason) {
		}

		/**
		 * Take note that this node cannot read an event, which others may have: whoever
		 * has followed its channel must be told. A log in memory never calls this; does
		 * nothing if not overridden.
		 * @param position its position, the one after what was given before
		 * @param channel its channel, {@code null} if that is not known: it may be any
		 */
		default void skipped(Position position, @Nullable String channel) {
		}

		/**
		 * Wait while this node is behind with what it was given, but not for ever. A log
		 * that others append to calls this before it reads on, and may be held up by it:
		 * their pace is not that of this node. Does nothing if not overridden.
		 */
		default void awaitRoom() {
		}

		/**
		 * Take what a node, perhaps this one, has {@linkplain EventLog#tell told}. The
		 * log of one node never calls this; does nothing if not overridden.
		 * @param message what it has told
		 */
		default void told(byte[] message) {
		}

	}

}
