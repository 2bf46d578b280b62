package io.github.bettersse.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.RequestReplyReceiverContext;

/**
 * Keeps streams out of the times of ordinary requests. The observation of a request ends
 * with it, and that of a stream may take hours. Nothing tells a stream from the outset;
 * so its observation is marked when the session opens, and what is made of it is refused
 * when it ends:
 *
 * <pre>
 *   session opens        mark(..): the context is marked, and is no longer counted as active
 *   observation stops    observationFilter(): a tag is made of the mark; spans have it too
 *   timer is looked up   meterFilter(): one with this tag is denied
 * </pre>
 */
public final class StreamRequests {

	/** The tag of the spans of streams. */
	static final String TAG = "better.sse.stream";

	private StreamRequests() {
	}

	/**
	 * Mark the request that the calling thread is handling.
	 * @param registry knows its observation
	 */
	static void mark(ObservationRegistry registry) {
		ObservationView view = registry.getCurrentObservation();
		while (view != null) {
			if (view instanceof Observation observation
					&& observation.getContext() instanceof RequestReplyReceiverContext<?, ?> request) {
				request.put(TAG, true);
				LongTaskTimer.Sample active = request.get(LongTaskTimer.Sample.class);
				if (active != null) {
					active.stop();
				}
			}
			view = view.getContextView().getParentObservation();
		}
	}

	/**
	 * Return what tags the observations of streams when they end.
	 * @return the filter, thread-safe
	 */
	public static ObservationFilter observationFilter() {
		return (context) -> context.containsKey(TAG) ? context.addLowCardinalityKeyValue(KeyValue.of(TAG, "true"))
				: context;
	}

	/**
	 * Return what refuses the timers of streams.
	 * @return the filter, thread-safe
	 */
	public static MeterFilter meterFilter() {
		return MeterFilter.deny((id) -> id.getTag(TAG) != null);
	}

}
