package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * Tells which user a session belongs to, for the user's channel
 * ({@link ChannelRegistry#user(String)}). A bean of this type replaces the default, which
 * takes the principal's name. Thread-safe.
 */
@FunctionalInterface
public interface UserNameResolver {

	/**
	 * Return the name of the user. Called once per session, on the request's thread,
	 * before the handler; an exception gets its ordinary HTTP answer.
	 * @param handshake the request that opens the session
	 * @return the name, {@code null} if the session belongs to nobody
	 */
	@Nullable String resolve(Handshake handshake);

	/**
	 * Return the default: the name of the principal.
	 * @return the resolver
	 */
	static UserNameResolver ofPrincipal() {
		return (handshake) -> (handshake.getPrincipal() != null) ? handshake.getPrincipal().getName() : null;
	}

}
