package io.github.bettersse.autoconfigure.redis;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.InMemoryEventLog;
import io.github.bettersse.redis.RedisEventLog;
import io.github.bettersse.redis.SharedRedis;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When the log is on Redis, and where that is.
 */
class BetterSseRedisAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class,
						BetterSseRedisAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withPropertyValues("spring.data.redis.port=" + SharedRedis.server().port());

	@Test
	void redisOnTheClassPathAloneChangesNothing() {
		this.runner.run((context) -> assertThat(context).getBean(EventLog.class).isInstanceOf(InMemoryEventLog.class));
	}

	@Test
	void logIsOnRedisWhereAskedFor() {
		this.runner
			.withPropertyValues("better-sse.log=redis", "better-sse.redis.key-prefix=app",
					"better-sse.redis.node-name=here")
			.run((context) -> {
				assertThat(context).getBean(EventLog.class).isInstanceOf(RedisEventLog.class);
				assertThat(context).hasSingleBean(RedisConnectionFactory.class);
				context.getBean(ChannelRegistry.class).channel("news").broadcast("a");
				assertThat(SharedRedis.server().command("EXISTS", "{app}:stream")).isEqualTo(true);
				await().untilAsserted(() -> assertThat(context.getBean(SseEngine.class).getNodes()).extracting("name")
					.containsExactly("here"));
			});
	}

	@Test
	void userAndPasswordAreThoseOfTheApplication() {
		SharedRedis.server().command("ACL", "SETUSER", "ann", "on", ">secret", "~*", "+@all");
		this.runner
			.withPropertyValues("better-sse.log=redis", "spring.data.redis.username=ann",
					"spring.data.redis.password=wrong")
			.run((context) -> assertThat(context).hasFailed());
		this.runner
			.withPropertyValues("better-sse.log=redis", "spring.data.redis.username=ann",
					"spring.data.redis.password=secret")
			.run((context) -> context.getBean(ChannelRegistry.class).channel("news").broadcast("a"));
	}

	@Test
	void logOfTheApplicationReplacesIt() {
		this.runner.withPropertyValues("better-sse.log=redis")
			.withBean(InMemoryEventLog.class)
			.run((context) -> assertThat(context).getBean(EventLog.class).isInstanceOf(InMemoryEventLog.class));
	}

	@Test
	void wrongSettingFailsAndIsNamed() {
		this.runner.withPropertyValues("better-sse.log=redis", "better-sse.redis.max-in-flight=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("maxInFlight must be at least 1"));
	}

	@Test
	void sliceWithoutConnectionsHasALogInMemory() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("better-sse.log=redis")
			.run((context) -> assertThat(context).getBean(EventLog.class).isInstanceOf(InMemoryEventLog.class));
	}

	@Test
	void askingForItWithoutRedisFailsAndSaysWhatToAdd() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("better-sse.log=redis")
			.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("spring-boot-starter-data-redis"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class,
			BetterSseRedisAutoConfiguration.class })
	static class Application {

	}

}
