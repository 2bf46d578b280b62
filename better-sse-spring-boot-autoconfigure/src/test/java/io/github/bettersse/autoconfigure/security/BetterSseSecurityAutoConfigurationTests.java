package io.github.bettersse.autoconfigure.security;

import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.security.SecuredSessions;
import io.github.bettersse.servlet.ServletSessionFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.web.session.HttpSessionEventPublisher;

import static org.assertj.core.api.Assertions.assertThat;

class BetterSseSecurityAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
			BetterSseSecurityAutoConfiguration.class, BetterSseAutoConfiguration.class,
			BetterSseJacksonAutoConfiguration.class, BetterSseServletAutoConfiguration.class);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS);

	@Test
	void sessionsFollowTheLogin() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(SecuredSessions.class)
			.hasSingleBean(HttpSessionEventPublisher.class)
			.hasSingleBean(ServletSessionFactory.class));
	}

	@Test
	void ownEventPublisherIsKept() {
		this.runner.withUserConfiguration(OwnPublisher.class)
			.run((context) -> assertThat(context).hasSingleBean(HttpSessionEventPublisher.class)
				.hasBean("ownPublisher"));
		this.runner.withUserConfiguration(OwnRegistration.class)
			.run((context) -> assertThat(context).doesNotHaveBean(HttpSessionEventPublisher.class)
				.hasBean("ownRegistration"));
	}

	@Test
	void withoutSpringSecurityThereIsNothing() {
		this.runner
			.withClassLoader(
					new FilteredClassLoader(HttpSessionEventPublisher.class, Authentication.class, OAuth2Token.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("sseSecuredSessions")
				.doesNotHaveBean("sseHttpSessionEventPublisher")
				.hasSingleBean(ServletSessionFactory.class));
	}

	@Test
	void withoutTokensThereIsAllElse() {
		this.runner.withClassLoader(new FilteredClassLoader(OAuth2Token.class))
			.run((context) -> assertThat(context).hasSingleBean(SecuredSessions.class));
	}

	@Test
	void withoutAServerThereIsNothing() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class)
				.doesNotHaveBean(SecuredSessions.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPublisher {

		@Bean
		HttpSessionEventPublisher ownPublisher() {
			return new HttpSessionEventPublisher();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistration {

		@Bean
		ServletListenerRegistrationBean<HttpSessionEventPublisher> ownRegistration() {
			return new ServletListenerRegistrationBean<>(new HttpSessionEventPublisher());
		}

	}

}
