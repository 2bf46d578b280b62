package io.github.bettersse.autoconfigure.security;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of sessions of users who log in.
 */
@ConfigurationProperties("better-sse.security")
class BetterSseSecurityProperties {

	/**
	 * Whether a session that was opened with a bearer token ends when the token expires.
	 */
	private boolean closeOnTokenExpiry = true;

	public boolean isCloseOnTokenExpiry() {
		return this.closeOnTokenExpiry;
	}

	public void setCloseOnTokenExpiry(boolean closeOnTokenExpiry) {
		this.closeOnTokenExpiry = closeOnTokenExpiry;
	}

}
