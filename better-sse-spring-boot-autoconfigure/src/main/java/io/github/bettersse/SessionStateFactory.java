package io.github.bettersse;

/**
 * Creates the initial state of sessions. A bean of this type is found by its generic
 * type; without one, a public constructor without arguments serves.
 *
 * @param <S> the state type
 */
@FunctionalInterface
public interface SessionStateFactory<S> {

	/**
	 * Create the state of a session that is about to open. Called on the request's
	 * thread, before the handler; an exception gets its ordinary HTTP answer.
	 * @param handshake the request that opens the session
	 * @return the state
	 */
	S create(Handshake handshake);

}
