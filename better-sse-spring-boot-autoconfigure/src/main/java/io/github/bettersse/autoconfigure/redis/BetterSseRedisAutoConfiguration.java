package io.github.bettersse.autoconfigure.redis;

import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.redis.RedisEventLog;
import io.github.bettersse.redis.RedisLogSettings;
import io.lettuce.core.RedisClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.unit.DataSize;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the event log on Redis, where
 * {@code better-sse.log} asks for it.
 */
@AutoConfiguration(before = BetterSseAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass({ RedisConnectionFactory.class, RedisClient.class })
@ConditionalOnProperty(name = "better-sse.log", havingValue = "redis")
@ConditionalOnBean(RedisConnectionFactory.class)
@ConditionalOnMissingBean(EventLog.class)
@EnableConfigurationProperties(RedisLogProperties.class)
public final class BetterSseRedisAutoConfiguration {

	@Bean
	LogConnections sseLogConnections(RedisConnectionFactory connectionFactory, RedisLogProperties properties) {
		return new LogConnections(connectionFactory, properties.getCommandTimeout());
	}

	@Bean
	RedisEventLog sseRedisEventLog(LogConnections connections, RedisLogProperties properties, Environment environment) {
		DataSize maxTotalSize = Binder.get(environment)
			.bind("better-sse.history.max-total-size", DataSize.class)
			.orElse(DataSize.ofBytes(RedisLogSettings.DEFAULTS.maxTotalSize()));
		return new RedisEventLog(connections.factory(), settings(properties, maxTotalSize));
	}

	private static RedisLogSettings settings(RedisLogProperties properties, DataSize maxTotalSize) {
		try {
			return new RedisLogSettings(properties.getKeyPrefix(), properties.getNodeName(),
					properties.getWaitReplicas(), properties.getAppendTimeout(), properties.getMaxInFlight(),
					Math.toIntExact(properties.getMaxRecordSize().toBytes()), properties.getBacklogSize().toBytes(),
					properties.getHistoryTtl(), maxTotalSize.toBytes());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("better-sse.redis", properties,
					String.valueOf(ex.getMessage()), ex);
		}
	}

}
