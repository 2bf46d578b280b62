package io.github.bettersse.event;

import java.time.Duration;
import java.util.Objects;

import io.github.bettersse.SseException;

/**
 * What a field may contain: the one place where {@link SseEvent} and {@link EventBuffer}
 * have their fields checked.
 */
final class FieldRules {

	/**
	 * The longest time that every client understands, some keep it in 32 bits.
	 */
	private static final Duration MAX_RETRY = Duration.ofMillis(Integer.MAX_VALUE);

	private FieldRules() {
	}

	static String requireName(String name) {
		Objects.requireNonNull(name, "name must not be null");
		requireSingleLine("event name", name);
		return name;
	}

	/**
	 * Check an id of any origin.
	 * @param id the id
	 * @return the id as a client will read it, and so as it will come back
	 */
	static String requireId(String id) {
		Objects.requireNonNull(id, "id must not be null");
		return (requireSingleLine("event id", id) < Character.MIN_SURROGATE) ? id : Utf8.wellFormed(id);
	}

	static Duration requireRetry(Duration retry) {
		Objects.requireNonNull(retry, "retry must not be null");
		if (retry.isNegative() || retry.compareTo(MAX_RETRY) > 0) {
			throw new SseException("Retry " + retry + " is not within 0 and 2147483647 ms");
		}
		return retry;
	}

	/**
	 * Refuse line ends, which would forge fields, and NUL, for which clients ignore an
	 * id.
	 * @return a number that no character of the value is greater than
	 */
	private static int requireSingleLine(String field, String value) {
		int all = 0;
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			all |= c;
			if (c <= '\r' && (c == '\r' || c == '\n' || c == '\0')) {
				throw new SseException("Illegal character U+%04X at index %d of the %s".formatted((int) c, i, field));
			}
		}
		return all;
	}

}
