package io.github.bettersse.autoconfigure;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * How much of their events channels keep.
 */
class HistoryProperties {

	/**
	 * Greatest number of events that each channel keeps for clients that reconnect. Zero
	 * sets no limit; without any limit nothing is kept.
	 */
	private int maxEvents;

	/**
	 * Greatest age of the events that each channel keeps. Zero sets no limit.
	 */
	private Duration maxAge = Duration.ZERO;

	/**
	 * Greatest size of the events that each channel keeps. Zero sets no limit.
	 */
	private DataSize maxSize = DataSize.ofBytes(0);

	/**
	 * Greatest size in memory of what all channels keep together. Beyond it the oldest
	 * events go first.
	 */
	private DataSize maxTotalSize = DataSize.ofMegabytes(64);

	public int getMaxEvents() {
		return this.maxEvents;
	}

	public void setMaxEvents(int maxEvents) {
		this.maxEvents = maxEvents;
	}

	public Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(Duration maxAge) {
		this.maxAge = maxAge;
	}

	public DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(DataSize maxSize) {
		this.maxSize = maxSize;
	}

	public DataSize getMaxTotalSize() {
		return this.maxTotalSize;
	}

	public void setMaxTotalSize(DataSize maxTotalSize) {
		this.maxTotalSize = maxTotalSize;
	}

}
