package io.github.bettersse.autoconfigure.actuate;

import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseHealthIndicator;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the {@link SseHealthIndicator}.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class, before = HealthContributorAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("sse")
@ConditionalOnBean(SseEngine.class)
public final class SseHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "sseHealthIndicator")
	SseHealthIndicator sseHealthIndicator(SseEngine engine) {
		return new SseHealthIndicator(engine);
	}

}
