package io.github.bettersse.autoconfigure.security;

import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.security.SecuredSessions;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that ends sessions with the login
 * that they were opened with.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class, before = BetterSseServletAutoConfiguration.class)
@ConditionalOnClass({ HttpSessionEventPublisher.class, HttpServletRequest.class })
@ConditionalOnWebApplication(type = Type.SERVLET)
@EnableConfigurationProperties(BetterSseSecurityProperties.class)
public final class BetterSseSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SecuredSessions sseSecuredSessions(SseEngine engine, BetterSseSecurityProperties properties) {
		return new SecuredSessions(engine, properties.isCloseOnTokenExpiry());
	}

	/** Without it Spring Security does not hear of the end of HTTP sessions. */
	@Bean
	@ConditionalOnMissingBean(value = HttpSessionEventPublisher.class,
			parameterizedContainer = ServletListenerRegistrationBean.class)
	HttpSessionEventPublisher sseHttpSessionEventPublisher() {
		return new HttpSessionEventPublisher();
	}

}
