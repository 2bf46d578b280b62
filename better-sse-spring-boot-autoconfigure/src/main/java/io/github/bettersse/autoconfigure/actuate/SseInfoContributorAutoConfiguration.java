package io.github.bettersse.autoconfigure.actuate;

import java.util.Map;

import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseInfoContributor;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.eventlog.EventLog;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the {@link SseInfoContributor}.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledInfoContributor.class)
@ConditionalOnEnabledInfoContributor("sse")
@ConditionalOnBean({ SseEngine.class, EventLog.class })
public final class SseInfoContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SseInfoContributor sseInfoContributor(SseEngine engine, EventLog log,
			@Value("${better-sse.transport:auto}") String transport) {
		return new SseInfoContributor(engine,
				Map.of("log", ClassUtils.getShortName(log.getClass()), "transport", transport));
	}

}
