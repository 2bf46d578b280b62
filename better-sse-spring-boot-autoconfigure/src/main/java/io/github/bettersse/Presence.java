package io.github.bettersse;

import java.util.Set;

/**
 * Who is in a channel: a snapshot. Immutable, thread-safe.
 */
public interface Presence {

	/**
	 * Return how many sessions are registered.
	 * @return the number
	 */
	int getSessionCount();

	/**
	 * Return the users of these sessions, each once however many sessions it has.
	 * @return the names, as a {@link UserNameResolver} gives them
	 */
	Set<String> getUsers();

}
