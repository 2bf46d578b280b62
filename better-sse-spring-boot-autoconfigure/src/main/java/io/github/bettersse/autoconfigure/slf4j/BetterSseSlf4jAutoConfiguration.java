package io.github.bettersse.autoconfigure.slf4j;

import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.slf4j.MdcSessionContext;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the logging context of sessions.
 */
@AutoConfiguration(before = BetterSseAutoConfiguration.class)
@ConditionalOnClass(MDC.class)
public final class BetterSseSlf4jAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MdcSessionContext sseMdcSessionContext() {
		return new MdcSessionContext();
	}

}
