package io.github.bettersse.tools;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Lets everybody in where an application of a test says nothing of security, which the
 * sample brings to the class path.
 */
@AutoConfiguration(before = ServletWebSecurityAutoConfiguration.class)
public final class OpenAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SecurityFilterChain open() {
		return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE);
	}

}
