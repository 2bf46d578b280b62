package io.github.bettersse.autoconfigure.tomcat;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of what only Tomcat has.
 */
@ConfigurationProperties("better-sse.tomcat")
class TomcatProperties {

	/**
	 * Size of each of the two buffers that Tomcat has for every connection, also those of
	 * ordinary requests. Left to Tomcat by default.
	 */
	private @Nullable DataSize socketBufferSize;

	public @Nullable DataSize getSocketBufferSize() {
		return this.socketBufferSize;
	}

	public void setSocketBufferSize(@Nullable DataSize socketBufferSize) {
		this.socketBufferSize = socketBufferSize;
	}

}
