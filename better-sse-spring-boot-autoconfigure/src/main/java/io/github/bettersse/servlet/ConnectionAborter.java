package io.github.bettersse.servlet;

import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What it takes of a container, beyond the Servlet API, to end a connection without
 * leaving anything behind. Implementations are thread-safe.
 */
@FunctionalInterface
public interface ConnectionAborter {

	/**
	 * Have the container drop the connection of a client that does not read, and all it
	 * holds for it, without waiting for the client; after {@code AsyncContext.complete()}
	 * it would go on sending what was written before. Called at most once per request,
	 * from a task of {@code AsyncContext.start(..)}; the container reports the end, as an
	 * error of the asynchronous request, when that task has returned. The request is not
	 * recycled before this method returns, which must not block.
	 * @param request the request, as the servlet got it
	 * @return false if that is not possible; the request is completed then
	 */
	boolean abort(HttpServletRequest request);

	/**
	 * Return whether {@link #abort} may be possible. Must not block.
	 * @param request the request, as the servlet got it
	 * @return false if the request is to be completed at once, on any thread
	 */
	default boolean supports(HttpServletRequest request) {
		return true;
	}

	/**
	 * Return the lock that a thread of the container holds while it handles an event of
	 * the connection. No other thread writes meanwhile: if its write failed, the thread
	 * of the container could end the request without telling anybody. Called once per
	 * request, by its own thread.
	 * @param request the request, as the servlet got it
	 * @return the lock; one that nobody takes if there is none, or it is not known
	 */
	default ReentrantLock getEventLock(HttpServletRequest request) {
		return new ReentrantLock();
	}

	/**
	 * Return an aborter for containers that are not known.
	 * @return one that supports no request
	 */
	static ConnectionAborter none() {
		return new ConnectionAborter() {

			@Override
			public boolean abort(HttpServletRequest request) {
				return false;
			}

			@Override
			public boolean supports(HttpServletRequest request) {
				return false;
			}

		};
	}

}
