package io.github.bettersse.autoconfigure.metrics;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of meters and observations.
 */
@ConfigurationProperties("better-sse.metrics")
class MetricsProperties {

	/**
	 * Names of channels that get meters of their own. In a name, * stands for any
	 * characters; the channels of a pattern have one meter together, as all others have.
	 */
	private List<String> channels = new ArrayList<>();

	/**
	 * Whether streams are measured in http.server.requests too, with all the time that
	 * they are open.
	 */
	private boolean httpServerRequests;

	public List<String> getChannels() {
		return this.channels;
	}

	public void setChannels(List<String> channels) {
		this.channels = channels;
	}

	public boolean isHttpServerRequests() {
		return this.httpServerRequests;
	}

	public void setHttpServerRequests(boolean httpServerRequests) {
		this.httpServerRequests = httpServerRequests;
	}

}
