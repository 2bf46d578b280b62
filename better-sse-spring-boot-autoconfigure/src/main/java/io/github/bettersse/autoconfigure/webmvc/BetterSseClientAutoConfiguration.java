package io.github.bettersse.autoconfigure.webmvc;

import io.github.bettersse.webmvc.ClientScript;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the browser client.
 */
@AutoConfiguration
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBooleanProperty(name = "better-sse.client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ClientProperties.class)
public final class BetterSseClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ClientScript sseClientScript(ClientProperties properties) {
		try {
			return new ClientScript(properties.getPath());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("better-sse.client.path", properties.getPath(),
					String.valueOf(ex.getMessage()), ex);
		}
	}

	@Bean
	@ConditionalOnMissingBean(name = "sseClientHandlerMapping")
	HandlerMapping sseClientHandlerMapping(ClientScript script) {
		return script.newHandlerMapping();
	}

}
