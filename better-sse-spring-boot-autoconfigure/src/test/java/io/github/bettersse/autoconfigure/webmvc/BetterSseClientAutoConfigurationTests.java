package io.github.bettersse.autoconfigure.webmvc;

import io.github.bettersse.webmvc.ClientScript;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the browser client is served, and where it is not.
 */
class BetterSseClientAutoConfigurationTests {

	private static final AutoConfigurations OURS = AutoConfigurations.of(BetterSseClientAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(OURS);

	@Test
	void itIsServedAtAPathOfTheApplication() {
		this.runner.withPropertyValues("better-sse.client.path=/assets/sse.js")
			.run((context) -> assertThat(context.getBean(SimpleUrlHandlerMapping.class).getUrlMap()).containsKeys(
					"/assets/sse.js", "/assets/sse.d.ts", context.getBean(ClientScript.class).getVersionedPath()));
	}

	@Test
	void itIsNotServedIfItIsSwitchedOff() {
		this.runner.withPropertyValues("better-sse.client.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ClientScript.class)
				.doesNotHaveBean(HandlerMapping.class));
	}

	@Test
	void aBadPathIsNamed() {
		this.runner.withPropertyValues("better-sse.client.path=client.js")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName()
						+ ": Property better-sse.client.path with value 'client.js' is invalid: must be a path"));
	}

	@Test
	void beansOfTheApplicationReplaceOurs() {
		ClientScript script = new ClientScript("/own.js");
		SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping();
		this.runner.withBean("own", ClientScript.class, () -> script)
			.withBean("sseClientHandlerMapping", HandlerMapping.class, () -> mapping)
			.run((context) -> {
				assertThat(context).getBean(ClientScript.class).isSameAs(script);
				assertThat(context).getBean(HandlerMapping.class).isSameAs(mapping);
			});
	}

	@Test
	void withoutSpringMvcOrAWebServerNothingIsServed() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).doesNotHaveBean(ClientScript.class));
		new ApplicationContextRunner().withConfiguration(OURS)
			.run((context) -> assertThat(context).doesNotHaveBean(ClientScript.class));
	}

}
