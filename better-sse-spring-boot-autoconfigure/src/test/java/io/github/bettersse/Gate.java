package io.github.bettersse;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds a thread at a point until the test lets it go on. All waits are bounded.
 */
final class Gate {

	private static final long MAX_WAIT_SECONDS = 20;

	private final CountDownLatch arrived = new CountDownLatch(1);

	private final CountDownLatch open = new CountDownLatch(1);

	/** Arrive, and wait until the gate is opened; for the thread to be held. */
	void pass() {
		this.arrived.countDown();
		await(this.open);
	}

	/** Wait until somebody is held. */
	Gate awaitArrival() {
		await(this.arrived);
		return this;
	}

	/** Let go. */
	void open() {
		this.open.countDown();
	}

	static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).as("came in time").isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
