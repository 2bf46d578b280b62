package io.github.bettersse;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets that cannot have a session now.
 *
 * @param head the head
 * @param last what follows it, if anything
 */
record Refusal(ResponseHead head, @Nullable Frame last) {

	/** Let the client come back by itself. */
	static Refusal retryLater(SessionSettings settings, Duration jitter) {
		return new Refusal(settings.head(), settings.retry(jitter));
	}

	/** Give the client the status that says why. */
	static Refusal reject(Limit exceeded, SessionSettings settings, Duration jitter) {
		long seconds = TimeUnit.MILLISECONDS.toSeconds(settings.retryMillis(jitter) + 999);
		Map<String, List<String>> headers = new LinkedHashMap<>();
		headers.put("Cache-Control", List.of("no-store"));
		headers.put("Retry-After", List.of(String.valueOf(seconds)));
		headers.put("Content-Type", List.of());
		headers.put("Content-Length", List.of("0"));
		return new Refusal(new ResponseHead(exceeded.status(), headers), null);
	}

}
