package io.github.bettersse.autoconfigure.server;

import java.util.List;
import java.util.stream.Stream;

import io.github.bettersse.LogRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator is warned of when the web server starts.
 */
class StartUpWarningTests {

	@Test
	void fewerConnectionsThanSessions() {
		assertThat(warnings(Container.TOMCAT, "--server.tomcat.max-connections=99",
				"--better-sse.limits.max-sessions=100"))
			.singleElement()
			.asString()
			.endsWith(" Tomcat takes 99 connections, but there may be 100 sessions: clients beyond that would wait "
					+ "without an answer, and with them all other requests. Set server.tomcat.max-connections above "
					+ "better-sse.limits.max-sessions, with room for other requests. (Over HTTP/2 several sessions "
					+ "share a connection.)");
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, --server.compression.additional-mime-types=text/event-stream",
			"JETTY, --server.compression.mime-types=text/*" })
	void compressionOfEventStreams(Container container, String types) {
		assertThat(warnings(container, "--server.compression.enabled=true", types)).singleElement()
			.asString()
			.endsWith(" The web server compresses event streams: that may hold events back, and costs memory for each "
					+ "open stream. Leave text/event-stream out of server.compression.mime-types and "
					+ "server.compression.additional-mime-types.");
	}

	@Test
	void notOfWhatIsRight() {
		assertThat(warnings(Container.TOMCAT, "--server.compression.enabled=true",
				"--server.tomcat.max-connections=100", "--better-sse.limits.max-sessions=100"))
			.isEmpty();
	}

	@Test
	void notOfWhatIsSwitchedOffNorOfTheManagementServer() {
		assertThat(warnings(Container.TOMCAT, "--server.compression.additional-mime-types=text/event-stream",
				"--server.tomcat.max-connections=1", "--management.server.port=0"))
			.isEmpty();
	}

	private static List<String> warnings(Container container, String... arguments) {
		return warnings(container, Application.class, arguments);
	}

	/** Start an application, and return what was logged at WARN or above. */
	static List<String> warnings(Container container, Class<?> application, String... arguments) {
		Stream<String> all = Stream.concat(Stream.of(arguments),
				Stream.of("--server.port=0", "--spring.autoconfigure.exclude=" + String.join(",", container.others)));
		try (LogRecorder log = new LogRecorder();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
					.run(all.toArray(String[]::new))) {
			return List.copyOf(log.warnings());
		}
	}

	/** What the application runs on, without the other. */
	enum Container {

		TOMCAT("org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration",
				"org.springframework.boot.jetty.autoconfigure.actuate.web.server."
						+ "JettyServletManagementContextAutoConfiguration"),

		JETTY("org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration",
				"org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
						+ "TomcatServletManagementContextAutoConfiguration");

		private final String[] others;

		Container(String... others) {
			this.others = others;
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
