package io.github.bettersse.autoconfigure.jetty;

import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.autoconfigure.tomcat.BetterSseTomcatAutoConfiguration;
import io.github.bettersse.jetty.JettyConnectionHandOver;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.servlet.ServletSessionFactory;
import io.github.bettersse.tomcat.TomcatConnectionHandOver;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application on Jetty gets, and what switches it off.
 */
class BetterSseJettyAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class,
					BetterSseServletAutoConfiguration.class, BetterSseJettyAutoConfiguration.class));

	@Test
	void connectionsAreHandedOver() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(JettyConnectionHandOver.class));
	}

	@Test
	void theyAreNotWhereTheTransportIsServlet() {
		this.runner.withPropertyValues("better-sse.transport=servlet")
			.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
				.doesNotHaveBean(ConnectionHandOver.class));
	}

	@Test
	void bothContainersHandConnectionsOverWhereBothAreThere() {
		this.runner.withConfiguration(AutoConfigurations.of(BetterSseTomcatAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
				.hasSingleBean(JettyConnectionHandOver.class)
				.hasSingleBean(TomcatConnectionHandOver.class));
	}

	@Test
	void beanOfTheApplicationReplacesThoseOfBothContainers() {
		ConnectionHandOver handOver = ConnectionHandOver.none();
		this.runner.withConfiguration(AutoConfigurations.of(BetterSseTomcatAutoConfiguration.class))
			.withBean(ConnectionHandOver.class, () -> handOver)
			.run((context) -> assertThat(context).getBean(ConnectionHandOver.class).isSameAs(handOver));
	}

	@Test
	void withoutJettyNothingIsHandedOver() {
		this.runner.withClassLoader(new FilteredClassLoader("org.eclipse.jetty"))
			.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
				.doesNotHaveBean(ConnectionHandOver.class));
	}

	@Test
	void withoutTomcatConnectionsOfJettyAre() {
		this.runner.withConfiguration(AutoConfigurations.of(BetterSseTomcatAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.apache.catalina", "org.apache.coyote", "org.apache.tomcat"))
			.run((context) -> assertThat(context).hasSingleBean(JettyConnectionHandOver.class)
				.hasSingleBean(ServletSessionFactory.class));
	}

}
