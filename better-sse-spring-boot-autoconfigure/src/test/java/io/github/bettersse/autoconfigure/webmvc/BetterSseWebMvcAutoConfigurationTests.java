package io.github.bettersse.autoconfigure.webmvc;

import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.autoconfigure.server.BetterSseWebServerAutoConfiguration;
import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.autoconfigure.tomcat.BetterSseTomcatAutoConfiguration;
import io.github.bettersse.autoconfigure.tomcat.BetterSseTomcatWebServerAutoConfiguration;
import io.github.bettersse.servlet.ConnectionAborter;
import io.github.bettersse.servlet.ServletSessionFactory;
import io.github.bettersse.tomcat.TomcatConnectionAborter;
import io.github.bettersse.webmvc.SseWebMvcConfigurer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The beans of a web application, what replaces them, and what is missing without an
 * optional library.
 */
class BetterSseWebMvcAutoConfigurationTests {

	private static final AutoConfigurations OURS = AutoConfigurations.of(BetterSseAutoConfiguration.class,
			BetterSseJacksonAutoConfiguration.class, BetterSseTomcatAutoConfiguration.class,
			BetterSseServletAutoConfiguration.class, BetterSseWebMvcAutoConfiguration.class,
			BetterSseWebServerAutoConfiguration.class, BetterSseTomcatWebServerAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(OURS)
		.withConfiguration(AutoConfigurations.of(WebMvcAutoConfiguration.class));

	@Test
	void aServletApplicationGetsAll() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
			.hasSingleBean(TomcatConnectionAborter.class)
			.hasSingleBean(SseWebMvcConfigurer.class)
			.hasBean("sseExceptionResolver")
			.hasBean("sseCompressionCheck")
			.hasBean("sseConnectionLimitCheck"));
	}

	@Test
	void otherApplicationsGetSessionsAndChannelsOnly() {
		new ApplicationContextRunner().withConfiguration(OURS)
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class)
				.doesNotHaveBean(ServletSessionFactory.class)
				.doesNotHaveBean(ConnectionAborter.class)
				.doesNotHaveBean(SseWebMvcConfigurer.class));
		new ReactiveWebApplicationContextRunner().withConfiguration(OURS)
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class)
				.doesNotHaveBean(ServletSessionFactory.class));
	}

	@Test
	void ourReturnValueHandlerStandsFirst() {
		this.runner
			.run((context) -> assertThat(firstReturnValueHandler(context)).isEqualTo("EndpointReturnValueHandler"));
	}

	@Test
	void itStandsFirstWhereBeansAreLazyToo() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(firstReturnValueHandler(context)).isEqualTo("EndpointReturnValueHandler"));
	}

	private static String firstReturnValueHandler(ApplicationContext context) {
		RequestMappingHandlerAdapter adapter = context.getBean(RequestMappingHandlerAdapter.class);
		return adapter.getReturnValueHandlers().get(0).getClass().getSimpleName();
	}

	@Test
	void beansOfTheApplicationReplaceOurs() {
		this.runner.run((other) -> {
			ServletSessionFactory factory = other.getBean(ServletSessionFactory.class);
			SseWebMvcConfigurer configurer = other.getBean(SseWebMvcConfigurer.class);
			ConnectionAborter aborter = ConnectionAborter.none();
			HandlerExceptionResolver resolver = configurer.getExceptionResolver();
			this.runner.withBean("ownFactory", ServletSessionFactory.class, () -> factory)
				.withBean("ownConfigurer", SseWebMvcConfigurer.class, () -> configurer)
				.withBean("ownAborter", ConnectionAborter.class, () -> aborter)
				.withBean("sseExceptionResolver", HandlerExceptionResolver.class, () -> resolver)
				.run((context) -> {
					assertThat(context).getBean(ServletSessionFactory.class).isSameAs(factory);
					assertThat(context).getBean(SseWebMvcConfigurer.class).isSameAs(configurer);
					assertThat(context).getBean(ConnectionAborter.class).isSameAs(aborter);
					assertThat(context).getBean("sseExceptionResolver").isSameAs(resolver);
				});
		});
	}

	@Test
	void withoutTomcatConnectionsAreNotCut() {
		this.runner.withClassLoader(new FilteredClassLoader("org.apache.catalina", "org.apache.coyote"))
			.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
				.doesNotHaveBean(ConnectionAborter.class));
	}

	@Test
	void withoutSpringBootsSupportForTomcatConnectionsAreNotCounted() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.tomcat"))
			.run((context) -> assertThat(context).hasBean("sseCompressionCheck")
				.doesNotHaveBean("sseConnectionLimitCheck"));
	}

	@Test
	void withoutSpringBootsSupportForSpringMvcEndpointsStillWork() {
		new WebApplicationContextRunner().withConfiguration(OURS)
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.webmvc", "org.springframework.boot.web.server"))
			.run((context) -> assertThat(context).hasSingleBean(SseWebMvcConfigurer.class)
				.doesNotHaveBean("sseCompressionCheck")
				.doesNotHaveBean("sseConnectionLimitCheck"));
	}

	@Test
	void withoutSpringMvcServletsStillOpenSessions() {
		new WebApplicationContextRunner().withConfiguration(OURS)
			.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(ServletSessionFactory.class)
				.doesNotHaveBean(SseWebMvcConfigurer.class));
	}

	@Test
	void withoutTheServletApiThereAreSessionsAndChannelsOnly() {
		new ApplicationContextRunner().withConfiguration(OURS)
			.withClassLoader(new FilteredClassLoader("jakarta.servlet"))
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class)
				.doesNotHaveBean(ServletSessionFactory.class));
	}

}
