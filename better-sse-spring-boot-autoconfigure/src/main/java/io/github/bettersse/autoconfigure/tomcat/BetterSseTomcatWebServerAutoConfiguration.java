package io.github.bettersse.autoconfigure.tomcat;

import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import org.apache.catalina.startup.Tomcat;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what is checked when an embedded
 * Tomcat starts.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass({ TomcatWebServer.class, Tomcat.class, WebServerInitializedEvent.class })
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBean(SseEngine.class)
public final class BetterSseTomcatWebServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConnectionLimitCheck sseConnectionLimitCheck(SseEngine engine) {
		return new ConnectionLimitCheck(engine);
	}

}
