package io.github.bettersse.autoconfigure;

import io.github.bettersse.Channel;
import io.github.bettersse.Session;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the report of a failed start says where a bean is missing.
 */
@ExtendWith(OutputCaptureExtension.class)
class MissingBeanTests {

	@Test
	void aSessionIsNoBean(CapturedOutput output) {
		start(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class, TakesSession.class);
		assertThat(output).contains("""
				Description:

				Parameter 0 of constructor in %s asked for a Session, which is no bean: each request has its own.

				Action:

				Take the Session as a parameter of a method annotated with @SseEndpoint; or, to reach all sessions, \
				take the ChannelRegistry and get a channel from it.
				""".formatted(TakesSession.class.getName()));
	}

	@Test
	void aChannelIsNoBean(CapturedOutput output) {
		start(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class, TakesChannel.class);
		assertThat(output).contains("""
				Description:

				Parameter 0 of constructor in %s asked for a Channel, which is no bean: it is made by its name.

				Action:

				Take the ChannelRegistry and call channel(..) of it; or declare the channel as a bean, in a @Bean \
				method that takes the ChannelRegistry.
				""".formatted(TakesChannel.class.getName()));
	}

	@Test
	void somethingMakesTextOfData(CapturedOutput output) {
		start(BetterSseAutoConfiguration.class);
		assertThat(output).contains("""
				Description:

				Event streams need something that makes text of data, and there is no bean of the type \
				io.github.bettersse.event.DataSerializer: the auto-configuration for Jackson 3 is excluded.

				Action:

				Add the dependency org.springframework.boot:spring-boot-starter-jackson, or declare a bean of that \
				type, such as DataSerializer.ofText(..).
				""");
	}

	@Test
	void withoutJackson3NothingDoes() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(
					new MissingBeanFailureAnalyzer().analyze(context.getStartupFailure()).getDescription())
				.isEqualTo("Event streams need something that makes text of data, and there is no bean of the type "
						+ "io.github.bettersse.event.DataSerializer: Jackson 3 is not on the class path, and Jackson 2 "
						+ "is not used."));
	}

	@Test
	void whatIsNotOursIsLeftToOthers(CapturedOutput output) {
		start(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class, TakesText.class);
		assertThat(output).contains("required a bean of type 'java.lang.String' that could not be found");
	}

	private static void start(Class<?>... sources) {
		SpringApplication application = new SpringApplication(sources);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(application::run);
	}

	static class TakesSession {

		TakesSession(Session<Object> session) {
		}

	}

	static class TakesChannel {

		TakesChannel(Channel<Void, Object> channel) {
		}

	}

	static class TakesText {

		TakesText(String text) {
		}

	}

}
