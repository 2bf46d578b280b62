package io.github.bettersse.autoconfigure.jetty;

import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.jetty.JettyConnectionHandOver;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.tomcat.TomcatConnectionHandOver;
import org.eclipse.jetty.ee11.servlet.ServletApiRequest;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what only Jetty can do for event
 * streams.
 */
@AutoConfiguration(before = BetterSseServletAutoConfiguration.class,
		afterName = "io.github.bettersse.autoconfigure.tomcat.BetterSseTomcatAutoConfiguration")
@ConditionalOnClass(ServletApiRequest.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
public final class BetterSseJettyAutoConfiguration {

	/** Where Tomcat is on the class path as well, each knows its own requests. */
	@Bean
	@ConditionalOnMissingBean(value = ConnectionHandOver.class, ignored = TomcatConnectionHandOver.class)
	@ConditionalOnProperty(name = "better-sse.transport", havingValue = "auto", matchIfMissing = true)
	JettyConnectionHandOver sseJettyConnectionHandOver() {
		return new JettyConnectionHandOver();
	}

}
