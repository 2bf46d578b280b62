package io.github.bettersse.autoconfigure.redis;

import java.time.Duration;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Opens the connections of the log: where and as the application's client does, each a
 * new one. Not a connection factory itself, so that the application has one bean of that
 * type only.
 */
final class LogConnections implements AutoCloseable {

	private final RedisConnectionFactory factory;

	private final Runnable close;

	LogConnections(RedisConnectionFactory application, Duration commandTimeout) {
		if (application instanceof LettuceConnectionFactory lettuce) {
			LettuceConnectionFactory copy = copy(lettuce, commandTimeout);
			this.factory = copy;
			this.close = copy::destroy;
		}
		else {
			this.factory = application;
			this.close = () -> {
			};
		}
	}

	private static LettuceConnectionFactory copy(LettuceConnectionFactory application, Duration commandTimeout) {
		LettuceConnectionFactory copy = new LettuceConnectionFactory(configuration(application),
				new LogClientConfiguration(application.getClientConfiguration(), commandTimeout));
		copy.setShareNativeConnection(false);
		copy.afterPropertiesSet();
		copy.start();
		return copy;
	}

	private static RedisConfiguration configuration(LettuceConnectionFactory application) {
		if (application.getClusterConfiguration() != null) {
			return application.getClusterConfiguration();
		}
		if (application.getSentinelConfiguration() != null) {
			return application.getSentinelConfiguration();
		}
		return (application.getSocketConfiguration() != null) ? application.getSocketConfiguration()
				: application.getStandaloneConfiguration();
	}

	RedisConnectionFactory factory() {
		return this.factory;
	}

	@Override
	public void close() {
		this.close.run();
	}

}
