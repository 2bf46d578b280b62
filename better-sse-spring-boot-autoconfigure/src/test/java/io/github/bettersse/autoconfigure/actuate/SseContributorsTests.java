package io.github.bettersse.autoconfigure.actuate;

import java.util.Map;

import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseHealthIndicator;
import io.github.bettersse.actuate.SseInfoContributor;
import io.github.bettersse.actuate.SseSessionsEndpoint;
import io.github.bettersse.actuate.SseSessionsEndpointWebExtension;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there are the health, the info and the endpoint that ends sessions.
 */
class SseContributorsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BetterSseAutoConfiguration.class,
				BetterSseJacksonAutoConfiguration.class, SseHealthContributorAutoConfiguration.class,
				SseInfoContributorAutoConfiguration.class, SseSessionsEndpointAutoConfiguration.class));

	@Test
	void theHealthIsThereUnlessItIsSwitchedOff() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(SseHealthIndicator.class));
		this.runner.withPropertyValues("management.health.sse.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SseHealthIndicator.class));
		this.runner.withBean("sseHealthIndicator", String.class, () -> "own")
			.run((context) -> assertThat(context).doesNotHaveBean(SseHealthIndicator.class));
	}

	@Test
	void theInfoTellsOfTheSetUp() {
		this.runner.withPropertyValues("better-sse.limits.max-sessions=100", "better-sse.transport=servlet")
			.run((context) -> {
				Info.Builder info = new Info.Builder();
				context.getBean(SseInfoContributor.class).contribute(info);
				assertThat(info.build().getDetails())
					.isEqualTo(Map.of("sse", Map.of("version", "unknown", "log", "InMemoryEventLog", "transport",
							"servlet", "maxSessions", 100, "maxSessionsPerUser", 0, "maxSessionsPerAddress", 0)));
			});
		this.runner.withPropertyValues("management.info.sse.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SseInfoContributor.class));
	}

	@Test
	void sessionsCanBeEndedWhereThatIsExposedAndAllowed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(SseSessionsEndpoint.class));
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=ssesessions")
			.run((context) -> assertThat(context).hasSingleBean(SseSessionsEndpoint.class)
				.hasSingleBean(SseSessionsEndpointWebExtension.class));
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=ssesessions",
					"management.endpoint.ssesessions.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(SseSessionsEndpoint.class));
		this.runner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=ssesessions")
			.run((context) -> assertThat(context).hasSingleBean(SseSessionsEndpoint.class)
				.doesNotHaveBean(SseSessionsEndpointWebExtension.class));
	}

	@Test
	void thereAreNoneWithoutActuator() {
		assertNoneWithout("org.springframework.boot.actuate", "org.springframework.boot.health");
	}

	@Test
	void theRestIsThereWithoutHealth() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("management.endpoints.web.exposure.include=ssesessions")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasSingleBean(SseSessionsEndpoint.class)
				.hasSingleBean(SseInfoContributor.class)
				.doesNotHaveBean(SseHealthIndicator.class));
	}

	private static void assertNoneWithout(String... packages) {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("management.endpoints.web.exposure.include=ssesessions")
			.withClassLoader(new FilteredClassLoader(packages))
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class)
				.doesNotHaveBean(SseSessionsEndpoint.class)
				.doesNotHaveBean(SseHealthIndicator.class)
				.doesNotHaveBean(SseInfoContributor.class));
	}

	/** As in an application, where a filter runs before the class is looked at. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class,
			SseHealthContributorAutoConfiguration.class, SseInfoContributorAutoConfiguration.class,
			SseSessionsEndpointAutoConfiguration.class })
	static class Application {

	}

}
