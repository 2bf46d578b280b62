package io.github.bettersse;

import java.time.Duration;

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

	static boolean hasNoControl(String text) {
		return text.chars().noneMatch((c) -> (c < ' ' && c != '\t') || c == 127);
	}

	static void require(boolean condition, String name, String message) {
		if (!condition) {
			throw new IllegalArgumentException(name + " " + message);
		}
	}

}
