package io.github.bettersse.actuate;

import java.security.Principal;
import java.time.Instant;

import io.github.bettersse.Session;
import io.github.bettersse.SessionStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Describes sessions, and hides what the caller may not see. Thread-safe.
 */
final class SessionDescriber {

	private final Sanitizer sanitizer;

	SessionDescriber(Sanitizer sanitizer) {
		this.sanitizer = sanitizer;
	}

	SseSessionDescriptor describe(Session<?> session, SessionStatistics statistics, boolean showValues) {
		Principal principal = session.getHandshake().getPrincipal();
		return new SseSessionDescriptor(session.getId(),
				sanitize("principal", (principal != null) ? principal.getName() : null, showValues),
				sanitize("remoteAddress", session.getHandshake().getRemoteAddress(), showValues),
				sanitize("state", stateOf(session), showValues), statistics.age(),
				Instant.now().minus(statistics.idle()), statistics.queuedBytes(), statistics.sentEvents(),
				statistics.droppedEvents());
	}

	private @Nullable Object sanitize(String key, @Nullable String value, boolean showValues) {
		return (value != null) ? this.sanitizer.sanitize(new SanitizableData(null, key, value), showValues) : null;
	}

	private static @Nullable String stateOf(Session<?> session) {
		try {
			return String.valueOf(session.getState());
		}
		catch (IllegalStateException ex) {
			// It was given none.
			return null;
		}
	}

}
