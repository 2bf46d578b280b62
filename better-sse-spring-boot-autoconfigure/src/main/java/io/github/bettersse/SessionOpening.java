package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * A session between its request and its stream, as the web framework sees it. All methods
 * but {@link #getSession()} and {@link #isCommitted()} are for the thread that runs the
 * handler, and end the opening: the first one counts, later ones do nothing.
 *
 * <pre>
 *             push by the handler's thread
 *   PREPARED ------------------------------> COMMITTED (that thread alone writes, blocking)
 *     |  |            complete()                |  |
 *     |  +----------------------+   +-----------+  | fail(..)
 *     | refuse(), fail(..)      v   v complete()   v
 *     v                          OPEN            ended, ERROR
 *   ended, REFUSED               (asynchronous)
 * </pre>
 *
 * @param <S> the type of the session's state
 */
public interface SessionOpening<S> {

	/**
	 * Return the session to hand to the handler.
	 * @return the session
	 */
	Session<S> getSession();

	/**
	 * Return whether the response's head is out, so that no other answer is possible.
	 * @return whether the head was sent
	 */
	boolean isCommitted();

	/**
	 * The handler has returned normally: send the head and the preamble if that is still
	 * due, and let the session go on asynchronously. If the session was closed meanwhile,
	 * what is queued is written, blocking, and the response ends.
	 */
	void complete();

	/**
	 * The handler has returned a source of items: open the session, send each item as an
	 * event {@code message} (or as the {@code SseEvent} it is) as fast as the client
	 * takes them, and close. A source that fails later ends the stream with
	 * {@link DisconnectReason#ERROR} and is logged.
	 * @param source an {@code Iterable}, {@code Iterator}, {@code Stream} or
	 * {@code Flow.Publisher}, a {@code CompletionStage} of one of these or of an item, or
	 * an item
	 * @throws Exception what the source has failed with on this thread before its first
	 * item; nothing was sent for it then, and the opening has not ended
	 */
	void stream(@Nullable Object source) throws Exception;

	/**
	 * The request gets another answer: the session never opened. Drops what was queued
	 * and ends the session with {@link DisconnectReason#REFUSED}.
	 * @throws IllegalStateException if the head is out
	 */
	void refuse();

	/**
	 * The handler has failed. Before the head is out the same as {@link #refuse()}; after
	 * that it ends the stream with {@link DisconnectReason#ERROR}, and logs the failure
	 * unless it is nothing but the end of this very session.
	 * @param failure what the handler threw
	 */
	void fail(Throwable failure);

}
