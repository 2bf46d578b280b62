package io.github.bettersse.metrics;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Ends the observation of a broadcast with the last of those who take part: the publisher
 * and the delivery threads.
 */
final class BroadcastContext extends Observation.Context {

	private final AtomicInteger participants = new AtomicInteger();

	private volatile @Nullable Observation observation;

	/** Somebody takes part. */
	void retain(Observation observation) {
		this.observation = observation;
		this.participants.incrementAndGet();
	}

	/** Somebody is done. */
	void release(@Nullable Throwable failure) {
		Observation observation = this.observation;
		if (observation == null) {
			return;
		}
		if (failure != null) {
			observation.error(failure);
		}
		if (this.participants.decrementAndGet() == 0) {
			observation.stop();
		}
	}

}
