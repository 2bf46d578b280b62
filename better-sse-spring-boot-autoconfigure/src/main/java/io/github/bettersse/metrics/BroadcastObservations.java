package io.github.bettersse.metrics;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * One observation for each broadcast: it begins with the publisher, in whose trace it is,
 * and ends when the event was delivered on this node. Where the log is not in memory,
 * events come back by a thread that knows no publisher: there it ends with the append.
 * Thread-safe.
 */
final class BroadcastObservations {

	static final String NAME = "better.sse.broadcast";

	private static final Runnable UNOBSERVED = () -> {
	};

	private final ObservationRegistry registry;

	BroadcastObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/** Observe an append, and what is delivered because of it. */
	<T> CompletableFuture<T> observe(String channel, Supplier<CompletableFuture<T>> append) {
		if (this.registry.isNoop()) {
			return append.get();
		}
		BroadcastContext context = new BroadcastContext();
		Observation observation = Observation.createNotStarted(NAME, () -> context, this.registry)
			.contextualName("sse broadcast")
			.lowCardinalityKeyValue("channel", channel);
		context.retain(observation);
		observation.start();
		try (Observation.Scope scope = observation.openScope()) {
			return append.get().whenComplete((position, failure) -> context.release(failure));
		}
		catch (RuntimeException | Error ex) {
			context.release(ex);
			throw ex;
		}
	}

	/** Return what ends the part of the delivery in the observation of its broadcast. */
	Runnable delivering() {
		Observation current = this.registry.getCurrentObservation();
		if (current == null || !(current.getContext() instanceof BroadcastContext context)) {
			return UNOBSERVED;
		}
		context.retain(current);
		return () -> context.release(null);
	}

}
