package io.github.bettersse;

/**
 * The port to whatever counts and times what the engine does, such as metrics. Every
 * method does nothing unless it is overridden.
 * <ul>
 * <li>Thread-safe: called by many threads at once, some of which deliver events.</li>
 * <li>Called for each write to a socket: an implementation must be quick, must not
 * allocate much, must not block, and must not call the engine.</li>
 * <li>It must not throw.</li>
 * </ul>
 */
public interface EngineRecorder {

	/**
	 * A session has opened: its head is out. Called by the thread that handles the
	 * request.
	 * @param session the session
	 */
	default void opened(Session<?> session) {
	}

	/**
	 * A session has ended, or was refused and never opened.
	 * @param session the session
	 * @param reason why
	 * @param nanos for how long there was the session, from the begin of its handler
	 */
	default void closed(Session<?> session, DisconnectReason reason, long nanos) {
	}

	/**
	 * Something was handed to the socket of a session.
	 * @param events how many events it was, 0 for a comment
	 * @param bytes how many bytes it was
	 * @param waitedNanos how long the oldest broadcast among them took from the log to
	 * here; negative if there was none
	 */
	default void written(int events, int bytes, long waitedNanos) {
	}

	/**
	 * The queue of a session was too full for an event.
	 * @param strategy what happened then
	 * @param dropped how many events were dropped; 0 if the session is ended
	 */
	default void overflowed(OverflowStrategy strategy, long dropped) {
	}

	/** A session got a comment, or its position, because nothing else was sent. */
	default void keptAlive() {
	}

	/**
	 * Return what records the events of one channel. Called once when a channel is
	 * created.
	 * @param channel the channel's name
	 * @return the recorder of the channel
	 */
	default ChannelRecorder channel(String channel) {
		return ChannelRecorder.disabled();
	}

	/**
	 * Return a recorder that records nothing.
	 * @return the recorder
	 */
	static EngineRecorder disabled() {
		return DisabledRecorder.INSTANCE;
	}

}
