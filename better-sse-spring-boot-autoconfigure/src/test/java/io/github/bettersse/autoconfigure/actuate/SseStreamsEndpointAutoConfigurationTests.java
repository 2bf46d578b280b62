package io.github.bettersse.autoconfigure.actuate;

import java.util.List;

import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseStreamsEndpoint;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.event.DataSerializer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there is an Actuator endpoint.
 */
class SseStreamsEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BetterSseAutoConfiguration.class,
				BetterSseJacksonAutoConfiguration.class, SseStreamsEndpointAutoConfiguration.class));

	@Test
	void itIsThereWhereItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=sse")
			.run((context) -> assertThat(context).hasSingleBean(SseStreamsEndpoint.class));
	}

	@Test
	void itIsNotThereWhereItIsNotExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(SseStreamsEndpoint.class));
	}

	@Test
	void itIsNotThereWithoutAccess() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=sse", "management.endpoint.sse.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(SseStreamsEndpoint.class));
	}

	@Test
	void oneOfTheApplicationReplacesIt() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=sse")
			.withBean("own", SseStreamsEndpoint.class,
					() -> new SseStreamsEndpoint(SseEngine.builder()
						.serializer(DataSerializer.ofText(String::valueOf))
						.executor(Runnable::run)
						.build(), List.of(), Show.NEVER))
			.run((context) -> assertThat(context).hasSingleBean(SseStreamsEndpoint.class).hasBean("own"));
	}

	@Test
	void itIsNotThereWithoutActuator() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("management.endpoints.web.exposure.include=sse")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class)
				.doesNotHaveBean(SseStreamsEndpoint.class));
	}

	@Test
	void itIsNotThereWithoutAnEngine() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SseStreamsEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=sse")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SseStreamsEndpoint.class));
	}

	/** As in an application, where a filter runs before the class is looked at. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class,
			SseStreamsEndpointAutoConfiguration.class })
	static class Application {

	}

}
