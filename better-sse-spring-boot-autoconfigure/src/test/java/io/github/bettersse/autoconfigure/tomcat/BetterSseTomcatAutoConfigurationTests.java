package io.github.bettersse.autoconfigure.tomcat;

import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.servlet.ConnectionAborter;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.servlet.ServletSessionFactory;
import io.github.bettersse.tomcat.TomcatConnectionHandOver;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What an application on Tomcat gets, and what switches it off.
 */
class BetterSseTomcatAutoConfigurationTests {

	private static final String CUSTOMIZER = "sseTomcatConnectorCustomizer";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BetterSseAutoConfiguration.class,
				BetterSseJacksonAutoConfiguration.class, BetterSseServletAutoConfiguration.class,
				BetterSseTomcatAutoConfiguration.class, BetterSseTomcatWebServerAutoConfiguration.class));

	@Test
	void connectionsAreHandedOver() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(TomcatConnectionHandOver.class));
		this.runner.withPropertyValues("better-sse.transport=AUTO")
			.run((context) -> assertThat(context).hasSingleBean(TomcatConnectionHandOver.class));
	}

	@Test
	void theyAreNotWhereTheTransportIsServlet() {
		this.runner.withPropertyValues("better-sse.transport=servlet")
			.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
				.hasSingleBean(ConnectionAborter.class)
				.doesNotHaveBean(ConnectionHandOver.class));
	}

	@Test
	void otherTransportsAreRefused() {
		this.runner.withPropertyValues("better-sse.transport=pigeon")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("pigeon")
				.hasMessageContaining("Transport"));
	}

	@Test
	void beansOfTheApplicationReplaceOurs() {
		ConnectionHandOver handOver = ConnectionHandOver.none();
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> customizer = (factory) -> {
		};
		this.runner.withBean(ConnectionHandOver.class, () -> handOver)
			.withBean(CUSTOMIZER, WebServerFactoryCustomizer.class, () -> customizer)
			.run((context) -> {
				assertThat(context).getBean(ConnectionHandOver.class).isSameAs(handOver);
				assertThat(context).getBean(CUSTOMIZER).isSameAs(customizer);
			});
	}

	@Test
	void withoutTomcatNothingIsHandedOver() {
		this.runner.withClassLoader(new FilteredClassLoader("org.apache.catalina", "org.apache.coyote"))
			.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
				.doesNotHaveBean(ConnectionHandOver.class)
				.doesNotHaveBean(CUSTOMIZER));
	}

	@Test
	void withoutSpringBootsSupportForTomcatConnectionsAreHandedOverToo() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.tomcat"))
			.run((context) -> assertThat(context).hasSingleBean(TomcatConnectionHandOver.class)
				.doesNotHaveBean(CUSTOMIZER));
	}

	@Test
	void buffersOfSocketsAreLeftToTomcat() {
		this.runner.run((context) -> assertThat(bufferSizes(context)).isEqualTo("8192, 8192"));
	}

	@Test
	void buffersOfSocketsHaveTheSizeThatIsSet() {
		this.runner.withPropertyValues("better-sse.tomcat.socket-buffer-size=1KB")
			.run((context) -> assertThat(bufferSizes(context)).isEqualTo("1024, 1024"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "511B", "1025KB" })
	void otherSizesAreRefused(String size) {
		this.runner.withPropertyValues("better-sse.tomcat.socket-buffer-size=" + size)
			.run((context) -> assertThat(catchFailure(context))
				.hasMessageContaining("better-sse.tomcat.socket-buffer-size")
				.hasMessageContaining("must be from 512B to 1MB"));
	}

	private static Throwable catchFailure(ApplicationContext context) {
		return catchThrowable(() -> bufferSizes(context));
	}

	@SuppressWarnings("unchecked")
	private static String bufferSizes(ApplicationContext context) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
		((WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>) context.getBean(CUSTOMIZER))
			.customize(factory);
		Connector connector = new Connector();
		factory.getConnectorCustomizers().forEach((customizer) -> customizer.customize(connector));
		AbstractProtocol<?> protocol = (AbstractProtocol<?>) connector.getProtocolHandler();
		return protocol.getProperty("socket.appReadBufSize") + ", " + protocol.getProperty("socket.appWriteBufSize");
	}

}
