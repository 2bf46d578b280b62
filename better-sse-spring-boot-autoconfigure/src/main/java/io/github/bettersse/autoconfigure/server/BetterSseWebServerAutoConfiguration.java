package io.github.bettersse.autoconfigure.server;

import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of what is checked when the embedded
 * web server starts.
 */
@AutoConfiguration(after = BetterSseAutoConfiguration.class)
@ConditionalOnClass(ServerProperties.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnBean(SseEngine.class)
public final class BetterSseWebServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CompressionCheck sseCompressionCheck(ObjectProvider<ServerProperties> server) {
		return new CompressionCheck(server);
	}

}
