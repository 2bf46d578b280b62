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

	/** Whether a socket that takes nothing is to be tried all the same. */
	private volatile boolean retrying;

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
		return this.connection.isReady() || (this.retrying && isReadyAfterAll());
	}

	/** What a socket takes that has not said so may be little, but is no stall. */
	private boolean isReadyAfterAll() {
		this.retrying = false;
		if (this.connection.retry()) {
			this.progress.moves();
		}
		return this.connection.isReady();
	}

	/**
	 * Try a socket that seems to take nothing. For any thread.
	 * @return false if somebody else is writing, and does so
	 */
	final boolean retry() {
		this.retrying = true;
		drain();
		return !this.retrying || this.progress.isFlowing();
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
