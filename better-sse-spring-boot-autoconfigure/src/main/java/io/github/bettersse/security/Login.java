package io.github.bettersse.security;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * One login of a user, of which there may be several at a time.
 *
 * @param authentication what it has left in the security context
 */
record Login(Authentication authentication) {

	/**
	 * Return whether another request was made with this login. Where HTTP sessions are
	 * serialised the object is another one then, which equals that of every login of the
	 * user unless there is something in it that tells them apart.
	 */
	boolean isThatOf(@Nullable Authentication other) {
		return other == this.authentication || (this.authentication.equals(other) && isDistinct());
	}

	private boolean isDistinct() {
		boolean ofSession = this.authentication.getDetails() instanceof WebAuthenticationDetails details
				&& details.getSessionId() != null;
		Object credentials = this.authentication.getCredentials();
		return ofSession || (credentials != null && !credentials.equals(""));
	}

}
