package io.github.bettersse;

import java.io.IOException;

import io.github.bettersse.event.Frame;

/**
 * Work that writes frames to one connection. What is not said to be for any thread is for
 * who has the guard.
 */
abstract class ConnectionDrain extends GuardedDrain {

	private final Connection connection;

	private final WriteProgress progress;

	private boolean unflushed;

	ConnectionDrain(Connection connection, WriteProgress progress) {
		this.connection = connection;
		this.progress = progress;
	}

	final Connection connection() {
		return this.connection;
	}

	final WriteProgress progress() {
		return this.progress;
	}

	/**
	 * Guess whether a frame would go out at once. For any thread, without a lock.
	 */
	boolean seemsReady() {
		return seemsFree() && this.progress.isFlowing() && this.connection.seemsReady();
	}

	/** Return whether a write or flush is taken now. */
	final boolean isReady() {
		return this.connection.isReady();
	}

	final void write(Frame frame) throws IOException {
		this.unflushed = true;
		this.connection.write(frame);
		this.progress.wrote(frame);
	}

	final boolean isFlushed() {
		return !this.unflushed;
	}

	/**
	 * Send what was written.
	 * @return whether there was anything
	 */
	final boolean flush() throws IOException {
		if (isFlushed()) {
			return false;
		}
		this.unflushed = false;
		this.connection.flush();
		return true;
	}

}
