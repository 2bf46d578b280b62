package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets one follow what happens to one session: at DEBUG, with its id, and in its context.
 * Thread-safe; not for use under a lock.
 *
 * @param session the session
 * @param context what its tasks find around them
 */
record SessionLog(Session<?> session, Executor context) {

	private static final System.Logger logger = System.getLogger(SessionLog.class.getName());

	void debug(Supplier<String> event) {
		debug(event, null);
	}

	void debug(Supplier<String> event, @Nullable Throwable failure) {
		if (logger.isLoggable(Level.DEBUG)) {
			this.context
				.execute(() -> logger.log(Level.DEBUG, "Session " + this.session.getId() + " " + event.get(), failure));
		}
	}

}
