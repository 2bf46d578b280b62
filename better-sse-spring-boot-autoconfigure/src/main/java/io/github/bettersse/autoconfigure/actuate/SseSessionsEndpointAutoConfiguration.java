package io.github.bettersse.autoconfigure.actuate;

import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseSessionsEndpoint;
import io.github.bettersse.actuate.SseSessionsEndpointWebExtension;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the {@link SseSessionsEndpoint}.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(SseSessionsEndpoint.class)
@ConditionalOnBean(SseEngine.class)
public final class SseSessionsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SseSessionsEndpoint sseSessionsEndpoint(SseEngine engine) {
		return new SseSessionsEndpoint(engine);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SseSessionsEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = SseSessionsEndpoint.class, exposure = EndpointExposure.WEB)
	SseSessionsEndpointWebExtension sseSessionsEndpointWebExtension(SseSessionsEndpoint endpoint) {
		return new SseSessionsEndpointWebExtension(endpoint);
	}

}
