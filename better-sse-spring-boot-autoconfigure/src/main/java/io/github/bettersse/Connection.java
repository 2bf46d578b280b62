package io.github.bettersse;

import java.io.IOException;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The port to the socket of one client. The library calls it, applications implement it
 * only for transports of their own.
 *
 * <pre>
 *   NEW --open(head)--> BLOCKING --start(listener)--> NON-BLOCKING --close() | abort(..) | listener.onClosed--> CLOSED
 *                          |                                                                                     ^
 *                          +------------------------ close() | abort(..) -----------------------------------------+
 * </pre>
 *
 * <ul>
 * <li>One thread at a time calls {@link #isReady()}, {@link #write} and {@link #flush()};
 * {@link #write} and {@link #flush()} only after {@link #isReady()} has answered true,
 * each. The implementation needs no lock of its own for them.</li>
 * <li>In the blocking phase only the thread that opens the session calls, and may be made
 * to wait; {@link #isReady()} always answers true then. After {@link #start} no method
 * may block, except on connections that cannot do otherwise.</li>
 * <li>After {@link #close()}, {@link #abort} or {@link Listener#onClosed} nothing is
 * called any more; but {@link #close()} and {@link #abort} may coincide with
 * {@link Listener#onClosed}, and must then do nothing.</li>
 * </ul>
 */
public interface Connection {

	/**
	 * Return a copy of the request.
	 * @return the handshake, valid for ever
	 */
	Handshake getHandshake();

	/**
	 * Take the head, to be sent with the first {@link #flush()} at the latest.
	 * @param head the status and headers
	 * @throws IOException if the client has gone
	 */
	void open(ResponseHead head) throws IOException;

	/**
	 * Leave the blocking phase. Called by the thread that opened the session. No other
	 * method is called before this one returns, but the listener may be: its
	 * {@link Listener#onClosed} then waits for that.
	 * @param listener to call from now on
	 * @throws IOException if the client has gone
	 */
	void start(Listener listener) throws IOException;

	/**
	 * Return whether a write or flush is taken now without waiting. If not, the
	 * connection calls {@link Listener#onWritable()} once that changes.
	 * @return whether it is ready
	 */
	boolean isReady();

	/**
	 * Return whether a write would probably be taken now. A guess that any thread may ask
	 * for at any time, also while another one writes; it changes nothing, and no call of
	 * {@link Listener#onWritable()} follows from it.
	 * @return whether it seems to be ready; true unless overridden
	 */
	default boolean seemsReady() {
		return true;
	}

	/**
	 * Try to write what was not taken yet, although {@link Listener#onWritable()} was not
	 * called: systems tell of room only when there is a lot of it, which with a slow
	 * reader takes long. Called as {@link #isReady()} is, after that has answered false.
	 * @return whether something was taken; false unless overridden
	 */
	default boolean retry() {
		return false;
	}

	/**
	 * Write a frame.
	 * @param frame what to write
	 * @throws IOException if the client has gone
	 */
	void write(Frame frame) throws IOException;

	/**
	 * Send what was written.
	 * @throws IOException if the client has gone
	 */
	void flush() throws IOException;

	/**
	 * End the stream in order, after everything was written and flushed.
	 */
	void close();

	/**
	 * Release the socket although not all was sent: a write has failed, or the client
	 * does not read.
	 * @param failure the failed write or flush of this connection, {@code null} if none
	 * failed
	 */
	void abort(@Nullable IOException failure);

	/**
	 * What a connection reports. Calls may come on any thread.
	 */
	interface Listener {

		/**
		 * {@link Connection#isReady()} answered false before and may now answer true.
		 */
		void onWritable();

		/**
		 * The connection knows how the client has gone. Comes before {@link #onClosed},
		 * or not at all; waits for nothing.
		 * @param departure how it has gone
		 */
		default void onDeparture(Departure departure) {
		}

		/**
		 * The connection has ended, or is about to. When this method returns, no write is
		 * under way and none will begin: the implementation may give its resources back.
		 * Waits for a write that is under way to return. Idempotent.
		 * @param failure what broke the connection, {@code null} if it just ended
		 */
		void onClosed(@Nullable Throwable failure);

	}

}
