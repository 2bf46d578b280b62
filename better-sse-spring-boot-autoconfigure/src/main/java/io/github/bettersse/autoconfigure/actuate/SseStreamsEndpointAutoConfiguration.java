package io.github.bettersse.autoconfigure.actuate;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseStreamsEndpoint;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the {@link SseStreamsEndpoint}.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(SseStreamsEndpoint.class)
@ConditionalOnBean(SseEngine.class)
public final class SseStreamsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SseStreamsEndpoint sseStreamsEndpoint(SseEngine engine, ChannelRegistry channels) {
		return new SseStreamsEndpoint(engine, channels);
	}

}
