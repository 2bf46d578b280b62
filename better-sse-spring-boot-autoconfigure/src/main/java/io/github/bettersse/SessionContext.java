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
	 * @param session the session, to which nothing may be done yet
	 * @return what runs a task at once and on the calling thread, with what was captured
	 * around it, any number of times and by several threads
	 */
	Executor capture(Session<?> session);

	/**
	 * Return a context with nothing in it.
	 * @return the context
	 */
	static SessionContext none() {
		return (session) -> Runnable::run;
	}

	/**
	 * Return this context with another one inside.
	 * @param inner what is entered later and left earlier
	 * @return both
	 */
	default SessionContext around(SessionContext inner) {
		return (session) -> {
			Executor first = capture(session);
			Executor second = inner.capture(session);
			return (task) -> first.execute(() -> second.execute(task));
		};
	}

}
