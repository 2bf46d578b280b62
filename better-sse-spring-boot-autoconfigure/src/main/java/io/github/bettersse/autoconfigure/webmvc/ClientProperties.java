package io.github.bettersse.autoconfigure.webmvc;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the browser client.
 */
@ConfigurationProperties("better-sse.client")
class ClientProperties {

	/**
	 * Whether the browser client is served.
	 */
	private boolean enabled = true;

	/**
	 * Path in the application at which the browser client is served.
	 */
	private String path = "/better-sse/client.js";

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

}
