package io.github.bettersse;

import java.util.List;

import io.github.bettersse.metrics.MeterRecorder;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * A session costs no more for being measured.
 */
class MeteredFootprintTests extends SessionFootprintTests {

	@Override
	EngineRecorder recorder() {
		return new MeterRecorder(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), ObservationRegistry.NOOP,
				List.of("news"), false);
	}

}
