package io.github.bettersse.servlet;

import java.io.IOException;

import io.github.bettersse.Connection;
import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream is written to once its handler has returned: the non-blocking phase of a
 * {@link Connection}, whose rules hold for these methods too. No method blocks.
 */
public interface StreamOutput {

	/**
	 * Return whether a write or flush is taken now without waiting. If not, the listener
	 * is told once that changes.
	 * @return whether it is ready
	 */
	boolean isReady();

	/**
	 * Guess whether a write would be taken now, on any thread.
	 * @return whether it seems to be ready
	 */
	boolean seemsReady();

	/**
	 * Try to write what was not taken yet, although the listener was not told.
	 * @return whether something was taken; false unless overridden, as where only the
	 * container knows when it can be tried
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
	 * Release the socket although not all was sent.
	 * @param failure the failed write or flush, {@code null} if none failed and the
	 * client does not read
	 */
	void abort(@Nullable IOException failure);

}
