package io.github.bettersse.autoconfigure;

import java.time.Duration;

/**
 * What clients are told when the server shuts down.
 */
class ShutdownProperties {

	/**
	 * Greatest random addition to the reconnection time that a client is told at
	 * shutdown, so that not all come back at once.
	 */
	private Duration retryJitter = Duration.ofSeconds(5);

	public Duration getRetryJitter() {
		return this.retryJitter;
	}

	public void setRetryJitter(Duration retryJitter) {
		this.retryJitter = retryJitter;
	}

}
