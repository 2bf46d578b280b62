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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of an embedded Tomcat: how its
 * connections are set up, and what is checked when it starts.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass({ TomcatWebServer.class, Tomcat.class, WebServerInitializedEvent.class })
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBean(SseEngine.class)
@EnableConfigurationProperties(TomcatProperties.class)
public final class BetterSseTomcatWebServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConnectionLimitCheck sseConnectionLimitCheck(SseEngine engine) {
		return new ConnectionLimitCheck(engine);
	}

	@Bean
	@ConditionalOnMissingBean(name = "sseTomcatConnectorCustomizer")
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> sseTomcatConnectorCustomizer(
			TomcatProperties properties) {
		return (factory) -> PropertyMapper.get()
			.from(properties::getSocketBufferSize)
			.as(SocketBufferCustomizer::new)
			.to(factory::addConnectorCustomizers);
	}

}
