package io.github.bettersse.autoconfigure;

import io.github.bettersse.OverflowStrategy;

import org.springframework.util.unit.DataSize;

/**
 * The queue of what a session has still to send.
 */
class SendQueueProperties {

	/**
	 * Greatest size of what waits to be sent to one client.
	 */
	private DataSize maxSize = DataSize.ofMegabytes(1);

	/**
	 * What happens when an event does not fit into the queue.
	 */
	private OverflowStrategy overflow = OverflowStrategy.DISCONNECT;

	public DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(DataSize maxSize) {
		this.maxSize = maxSize;
	}

	public OverflowStrategy getOverflow() {
		return this.overflow;
	}

	public void setOverflow(OverflowStrategy overflow) {
		this.overflow = overflow;
	}

}
