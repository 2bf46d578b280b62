package io.github.bettersse.autoconfigure.metrics;

import io.github.bettersse.EngineRecorder;
import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.metrics.EngineMetrics;
import io.github.bettersse.metrics.MeterRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there are meters, and of what.
 */
class BetterSseMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class, BetterSseAutoConfiguration.class,
				BetterSseJacksonAutoConfiguration.class, BetterSseMetricsAutoConfiguration.class));

	@Test
	void theEngineIsMeasured() {
		this.runner.run((context) -> {
			SseEngine engine = context.getBean(SseEngine.class);
			engine.getChannelRegistry().channel("news").broadcast("x");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("better.sse.broadcasts").tag("channel", "other").counter().count()).isOne();
			assertThat(meters.get("better.sse.sessions.active").gauge().value()).isZero();
		});
	}

	@Test
	void channelsAreOptedInByName() {
		this.runner.withPropertyValues("better-sse.metrics.channels=news,user:*").run((context) -> {
			SseEngine engine = context.getBean(SseEngine.class);
			engine.getChannelRegistry().channel("news").broadcast("x");
			engine.getChannelRegistry().user("ann").broadcast("x");
			assertThat(context.getBean(MeterRegistry.class).get("better.sse.broadcasts").counters())
				.extracting((counter) -> counter.getId().getTag("channel") + " " + counter.count())
				.containsExactlyInAnyOrder("news 1.0", "user:* 1.0", "other 0.0");
		});
	}

	@Test
	void broadcastsAreObservedWhereThereIsARegistry() {
		this.runner.withBean(TestObservationRegistry.class, TestObservationRegistry::create).run((context) -> {
			context.getBean(SseEngine.class).getChannelRegistry().channel("news").broadcast("x");
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasObservationWithNameEqualTo("better.sse.broadcast");
		});
	}

	@Test
	void aRecorderOfTheApplicationReplacesOurs() {
		EngineRecorder own = new EngineRecorder() {
		};
		this.runner.withBean(EngineRecorder.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(EngineRecorder.class)
				.doesNotHaveBean(MeterRecorder.class));
	}

	@Test
	void thereAreNoneWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(BetterSseAutoConfiguration.class,
					BetterSseJacksonAutoConfiguration.class, BetterSseMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class)
				.doesNotHaveBean(EngineRecorder.class)
				.doesNotHaveBean(EngineMetrics.class));
	}

	@Test
	void thereAreNoneWithoutMicrometer() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class).doesNotHaveBean(EngineRecorder.class));
	}

	@Test
	void thereAreNoneWithoutTheMetricsOfSpringBoot() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class).doesNotHaveBean(EngineRecorder.class));
	}

	/** As in an application, where a filter runs before the class is looked at. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class,
			BetterSseMetricsAutoConfiguration.class })
	static class Application {

	}

}
