package io.github.bettersse.autoconfigure.tomcat;

import org.apache.catalina.connector.Connector;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the connectors of an embedded
 * Tomcat.
 */
@AutoConfiguration
@ConditionalOnClass({ Connector.class, ConfigurableTomcatWebServerFactory.class })
@ConditionalOnWebApplication(type = Type.SERVLET)
@EnableConfigurationProperties(TomcatProperties.class)
public final class BetterSseTomcatConnectorAutoConfiguration {

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
