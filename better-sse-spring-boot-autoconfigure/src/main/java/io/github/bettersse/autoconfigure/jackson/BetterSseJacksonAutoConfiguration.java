package io.github.bettersse.autoconfigure.jackson;

import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.json.JacksonDataSerializer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that makes data JSON by the
 * application's own mapper.
 */
@AutoConfiguration(before = BetterSseAutoConfiguration.class)
@ConditionalOnClass(JsonMapper.class)
public final class BetterSseJacksonAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(DataSerializer.class)
	JacksonDataSerializer sseDataSerializer(ObjectProvider<JsonMapper> mapper) {
		return new JacksonDataSerializer(mapper.getIfAvailable(JsonMapper::shared));
	}

}
