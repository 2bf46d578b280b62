package io.github.bettersse.autoconfigure;

import java.time.Duration;

/**
 * How streams end when the server shuts down.
 */
class ShutdownProperties {

	/**
	 * Greatest random addition to the reconnection time that a client is told at
	 * shutdown, so that not all come back at once.
	 */
	private Duration retryJitter = Duration.ofSeconds(5);

	/**
	 * Time over which the ends of the streams are spread at shutdown. Zero ends all at
	 * once.
	 */
	private Duration drain = Duration.ZERO;

	public Duration getRetryJitter() {
		return this.retryJitter;
	}

	public void setRetryJitter(Duration retryJitter) {
		this.retryJitter = retryJitter;
	}

	public Duration getDrain() {
		return this.drain;
	}

	public void setDrain(Duration drain) {
		this.drain = drain;
	}

}
