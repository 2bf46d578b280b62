package io.github.bettersse;

import java.time.Duration;

import io.github.bettersse.event.SseEvent;

/**
 * What the values of {@link SessionOptions} must fulfil.
 */
final class OptionRules {

	private OptionRules() {
	}

	static Duration requireMillis(Duration duration, String name) {
		require(!duration.isNegative() && duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0, name,
				"must be from 0 to 2147483647 ms");
		return duration;
	}

	static void requireHeader(String name, String... values) {
		require(!name.isBlank() && hasNoControl(name), "header", "needs a name without control characters");
		for (String value : values) {
			require(hasNoControl(value), "header " + name, "must not contain control characters");
		}
	}

	static String requireEventName(String eventName, String name) {
		try {
			SseEvent.empty().name(eventName);
			return eventName;
		}
		catch (SseException ex) {
			throw new IllegalArgumentException(name + " must not contain CR, LF or NUL", ex);
		}
	}

	private static boolean hasNoControl(String text) {
		return text.chars().noneMatch((c) -> (c < ' ' && c != '\t') || c == 127);
	}

	static void require(boolean condition, String name, String message) {
		if (!condition) {
			throw new IllegalArgumentException(name + " " + message);
		}
	}

}
