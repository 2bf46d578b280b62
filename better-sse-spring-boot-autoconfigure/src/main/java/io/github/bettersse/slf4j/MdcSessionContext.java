package io.github.bettersse.slf4j;

import java.util.concurrent.Executor;

import io.github.bettersse.Session;
import io.github.bettersse.SessionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts the id of a session into the {@link MDC} as {@value #KEY} while something runs for
 * it. Thread-safe.
 */
public final class MdcSessionContext implements SessionContext {

	/** The key of the id. */
	public static final String KEY = "sse.session";

	@Override
	public Executor capture(Session<?> session) {
		return (task) -> {
			String before = MDC.get(KEY);
			MDC.put(KEY, session.getId());
			try {
				task.run();
			}
			finally {
				restore(before);
			}
		};
	}

	private static void restore(@Nullable String before) {
		if (before != null) {
			MDC.put(KEY, before);
		}
		else {
			MDC.remove(KEY);
		}
	}

}
