package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * What some options come to with the defaults of an engine, made once for all their
 * sessions. Thread-safe; of several engines the last one is remembered.
 */
final class SharedSettings {

	private record Known(SessionOptions<?> defaults, SessionSettings settings) {
	}

	private volatile @Nullable Known known;

	SessionSettings of(SessionOptions<?> options, SessionOptions<?> defaults, long maxEventSize) {
		Known known = this.known;
		if (known == null || known.defaults() != defaults) {
			known = new Known(defaults, SessionSettings.of(options.withDefaults(defaults), maxEventSize));
			this.known = known;
		}
		return known.settings();
	}

}
