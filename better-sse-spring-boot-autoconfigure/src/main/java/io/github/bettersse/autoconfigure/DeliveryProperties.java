package io.github.bettersse.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The threads that hand broadcasts to sessions.
 */
class DeliveryProperties {

	/**
	 * Number of threads that deliver broadcasts. One for each processor by default.
	 */
	private @Nullable Integer threads;

	/**
	 * Time that a broadcast may wait for room when the server is saturated, before it
	 * fails.
	 */
	private Duration maxWait = Duration.ofSeconds(5);

	public @Nullable Integer getThreads() {
		return this.threads;
	}

	public void setThreads(@Nullable Integer threads) {
		this.threads = threads;
	}

	public Duration getMaxWait() {
		return this.maxWait;
	}

	public void setMaxWait(Duration maxWait) {
		this.maxWait = maxWait;
	}

}
