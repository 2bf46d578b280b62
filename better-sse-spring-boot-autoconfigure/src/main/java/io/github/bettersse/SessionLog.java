package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets one follow what happens to one session: at DEBUG, with its id, and in its context.
 * Thread-safe; not for use under a lock.
 */
final class SessionLog {

	private static final System.Logger logger = System.getLogger(SessionLog.class.getName());

	private final String id;

	private final Executor context;

	SessionLog(String id, Executor context) {
		this.id = id;
		this.context = context;
	}

	void debug(Supplier<String> event) {
		debug(event, null);
	}

	void debug(Supplier<String> event, @Nullable Throwable failure) {
		if (logger.isLoggable(Level.DEBUG)) {
			this.context.execute(() -> logger.log(Level.DEBUG, "Session " + this.id + " " + event.get(), failure));
		}
	}

}
