package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;

import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets an event; not who a filter fails for, which is logged once.
 * Thread-safe.
 */
final class EventFilter {

	private static final System.Logger logger = System.getLogger(EventFilter.class.getName());

	private final String channel;

	private final AtomicBoolean failureLogged = new AtomicBoolean();

	EventFilter(String channel) {
		this.channel = channel;
	}

	boolean accepts(@Nullable BiPredicate<DefaultSession<?>, SseEvent> filter, DefaultSession<?> session,
			SseEvent event) {
		if (filter == null) {
			return true;
		}
		try {
			return filter.test(session, event);
		}
		catch (Throwable ex) {
			if (this.failureLogged.compareAndSet(false, true)) {
				logger.log(Level.WARNING, () -> "A filter of channel '" + this.channel
						+ "' has failed; sessions for which it fails do not get the event", ex);
			}
			return false;
		}
	}

}
