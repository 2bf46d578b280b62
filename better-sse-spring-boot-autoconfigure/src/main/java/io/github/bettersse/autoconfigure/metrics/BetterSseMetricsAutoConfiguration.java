package io.github.bettersse.autoconfigure.metrics;

import io.github.bettersse.EngineRecorder;
import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.metrics.EngineMetrics;
import io.github.bettersse.metrics.MeterRecorder;
import io.github.bettersse.metrics.StreamRequests;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of meters and observations.
 */
@AutoConfiguration(after = { BetterSseAutoConfiguration.class, MetricsAutoConfiguration.class,
		CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, MetricsAutoConfiguration.class })
@ConditionalOnBean({ MeterRegistry.class, SseEngine.class })
@EnableConfigurationProperties(MetricsProperties.class)
public final class BetterSseMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(EngineRecorder.class)
	MeterRecorder sseMeterRecorder(MeterRegistry meters, ObjectProvider<ObservationRegistry> observations,
			MetricsProperties properties) {
		return new MeterRecorder(meters, observations.getIfAvailable(() -> ObservationRegistry.NOOP),
				properties.getChannels(), properties.isHttpServerRequests());
	}

	@Bean
	@ConditionalOnMissingBean
	EngineMetrics sseEngineMetrics(SseEngine engine) {
		return new EngineMetrics(engine);
	}

	@Bean
	@ConditionalOnMissingBean(name = "sseStreamObservationFilter")
	ObservationFilter sseStreamObservationFilter() {
		return StreamRequests.observationFilter();
	}

	@Bean
	@ConditionalOnMissingBean(name = "sseStreamMeterFilter")
	MeterFilter sseStreamMeterFilter() {
		return StreamRequests.meterFilter();
	}

}
