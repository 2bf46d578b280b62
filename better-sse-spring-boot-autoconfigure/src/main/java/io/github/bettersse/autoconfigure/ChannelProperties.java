package io.github.bettersse.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What holds for the channels of a name or pattern.
 */
class ChannelProperties {

	private final History history = new History();

	public History getHistory() {
		return this.history;
	}

	/**
	 * How much of its events the channel keeps. What is not set is as for all channels.
	 */
	static class History {

		private @Nullable Integer maxEvents;

		private @Nullable Duration maxAge;

		private @Nullable DataSize maxSize;

		public @Nullable Integer getMaxEvents() {
			return this.maxEvents;
		}

		public void setMaxEvents(@Nullable Integer maxEvents) {
			this.maxEvents = maxEvents;
		}

		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

		public @Nullable DataSize getMaxSize() {
			return this.maxSize;
		}

		public void setMaxSize(@Nullable DataSize maxSize) {
			this.maxSize = maxSize;
		}

	}

}
