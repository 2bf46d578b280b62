package io.github.bettersse;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The other nodes that follow the same log, as far as presence goes. Thread-safe.
 */
interface Others {

	/** There are none. */
	Others NONE = new Others() {
		@Override
		public boolean changed(String channel, @Nullable String user, int count) {
			return false;
		}

		@Override
		public int sessionCount(String channel) {
			return 0;
		}

		@Override
		public Set<String> users(String channel) {
			return Set.of();
		}
	};

	/**
	 * Let them know how many sessions there are here.
	 * @param user whose sessions, {@code null} for those of nobody
	 * @return whether they decide if a user has joined or left
	 */
	boolean changed(String channel, @Nullable String user, int count);

	/** Return how many sessions they have in a channel. */
	int sessionCount(String channel);

	/** Return the users that they have in a channel. */
	Set<String> users(String channel);

}
