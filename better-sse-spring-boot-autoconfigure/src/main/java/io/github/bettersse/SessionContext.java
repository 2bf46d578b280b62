package io.github.bettersse;

import java.util.concurrent.Executor;

/**
 * What listeners and sources of a session find around them on the threads that the
 * library runs them on, such as entries of a logging context. Thread-safe.
 */
@FunctionalInterface
public interface SessionContext {

	/**
	 * Capture what a session needs. Called once for each session, on the thread that
	 * opens it, before its handler runs. Must not block.
	 * @param sessionId the id of the session
	 * @param handshake the request that opens it
	 * @return what runs a task at once and on the calling thread, with what was captured
	 * around it, any number of times and by several threads
	 */
	Executor capture(String sessionId, Handshake handshake);

	/**
	 * Return a context with nothing in it.
	 * @return the context
	 */
	static SessionContext none() {
		return (sessionId, handshake) -> Runnable::run;
	}

	/**
	 * Return this context with another one inside.
	 * @param inner what is entered later and left earlier
	 * @return both
	 */
	default SessionContext around(SessionContext inner) {
		return (sessionId, handshake) -> {
			Executor first = capture(sessionId, handshake);
			Executor second = inner.capture(sessionId, handshake);
			return (task) -> first.execute(() -> second.execute(task));
		};
	}

}
