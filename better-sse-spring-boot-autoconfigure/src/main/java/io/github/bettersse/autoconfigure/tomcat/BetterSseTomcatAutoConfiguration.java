package io.github.bettersse.autoconfigure.tomcat;

import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.servlet.ConnectionAborter;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.tomcat.TomcatConnectionAborter;
import io.github.bettersse.tomcat.TomcatConnectionHandOver;
import org.apache.catalina.connector.Request;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what only Tomcat can do for event
 * streams.
 */
@AutoConfiguration(before = BetterSseServletAutoConfiguration.class)
@ConditionalOnClass(Request.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
public final class BetterSseTomcatAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ConnectionAborter.class)
	TomcatConnectionAborter sseConnectionAborter() {
		return new TomcatConnectionAborter();
	}

	@Bean
	@ConditionalOnMissingBean(ConnectionHandOver.class)
	@ConditionalOnProperty(name = "better-sse.transport", havingValue = "auto", matchIfMissing = true)
	TomcatConnectionHandOver sseConnectionHandOver() {
		return new TomcatConnectionHandOver();
	}

}
