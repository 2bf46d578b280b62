package io.github.bettersse.autoconfigure.actuate;

import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseStreamsEndpoint;
import io.github.bettersse.actuate.SseStreamsEndpointWebExtension;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the {@link SseStreamsEndpoint}.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(SseStreamsEndpoint.class)
@ConditionalOnBean(SseEngine.class)
@EnableConfigurationProperties(SseStreamsEndpointProperties.class)
public final class SseStreamsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SseStreamsEndpoint sseStreamsEndpoint(SseEngine engine, ObjectProvider<SanitizingFunction> sanitizingFunctions,
			SseStreamsEndpointProperties properties) {
		return new SseStreamsEndpoint(engine, sanitizingFunctions.orderedStream().toList(), properties.getShowValues());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SseStreamsEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = SseStreamsEndpoint.class, exposure = EndpointExposure.WEB)
	SseStreamsEndpointWebExtension sseStreamsEndpointWebExtension(SseStreamsEndpoint endpoint,
			SseStreamsEndpointProperties properties) {
		return new SseStreamsEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
	}

}
