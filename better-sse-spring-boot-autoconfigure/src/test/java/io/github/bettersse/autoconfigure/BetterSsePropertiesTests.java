package io.github.bettersse.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.LimitAnswer;
import io.github.bettersse.SseEngine;
import io.github.bettersse.SseLimits;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.EventLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Which values properties take. What they do is seen on the wire, elsewhere.
 */
class BetterSsePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class));

	@Test
	void everyPropertyIsBound() {
		this.runner.withPropertyValues("better-sse.keep-alive=0", "better-sse.retry=1s",
				"better-sse.retry-jitter=500ms", "better-sse.send-retry=false", "better-sse.headers.X-One=1",
				"better-sse.headers.X-Two[0]=a", "better-sse.trust-client-event-id=false",
				"better-sse.disconnect-event=bye", "better-sse.heartbeat-event=ping", "better-sse.write-timeout=1m",
				"better-sse.send-queue.max-size=64KB", "better-sse.send-queue.overflow=disconnect",
				"better-sse.delivery.threads=1", "better-sse.delivery.max-wait=0", "better-sse.shutdown.retry-jitter=0",
				"better-sse.shutdown.drain=1s", "better-sse.history.max-events=10", "better-sse.history.max-age=1h",
				"better-sse.history.max-size=1MB", "better-sse.history.max-total-size=16MB",
				"better-sse.channels[a.*].history.max-events=20", "better-sse.channels.news.history.max-age=1m",
				"better-sse.channels.news.history.max-size=10KB")
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class));
	}

	@Test
	void limitsAreThoseOfTheProperties() {
		this.runner
			.withPropertyValues("better-sse.limits.max-sessions=1", "better-sse.limits.max-sessions-per-user=2",
					"better-sse.limits.max-sessions-per-address=3", "better-sse.limits.max-connects-per-second=4",
					"better-sse.limits.max-event-size=5KB", "better-sse.limits.on-exceeded=reject")
			.run((context) -> assertThat(context.getBean(SseEngine.class).getLimits().limits())
				.isEqualTo(new SseLimits(1, 2, 3, 4, 5 * 1024, LimitAnswer.REJECT)));
		this.runner.run((context) -> assertThat(context.getBean(SseEngine.class).getLimits().limits())
			.isEqualTo(SseLimits.none()));
	}

	@Test
	void channelsKeepWhatTheirNameSays() {
		with(Map.of("better-sse.history.max-events", 1, "better-sse.channels[user:*].history.max-events", 2,
				"better-sse.channels.off.history.max-events", 0))
			.run((context) -> {
				ChannelRegistry channels = context.getBean(ChannelRegistry.class);
				assertThat(replayed(context, channels.channel("any"))).containsExactly("3");
				assertThat(replayed(context, channels.user("ann"))).containsExactly("2", "3");
				assertThat(replayed(context, channels.channel("off"))).isEmpty();
			});
	}

	private ApplicationContextRunner with(Map<String, Object> properties) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", properties)));
	}

	private static List<String> replayed(ApplicationContext context, Channel<?, ?> channel) {
		for (String event : List.of("1", "2", "3")) {
			channel.broadcast(SseEvent.raw(event));
		}
		EventLog log = context.getBean(EventLog.class);
		return log.read(Map.of(channel.getName(), log.getStart(channel.getName(), 10)), log.getPosition(), 1000)
			.entries()
			.stream()
			.map((entry) -> entry.frame().withoutId().toString().replaceAll("data: |\n", ""))
			.toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			keep-alive             | -1s      | keepAlive must be from 0 to 2147483647 ms
			retry                  | 25d      | retry must be from 0 to 2147483647 ms
			retry-jitter           | -1ms     | retryJitter must be from 0 to 2147483647 ms
			write-timeout          | -1s      | writeTimeout must be from 0 to 2147483647 ms
			send-queue.max-size    | 0B       | maxQueueSize must be at least 1 byte
			delivery.threads       | 0        | deliveryThreads must be at least 1
			delivery.max-wait      | -1s      | must be from 0 to 2147483647 ms
			shutdown.retry-jitter  | 25d      | must be from 0 to 2147483647 ms
			disconnect-event       | ''       | must not be empty
			heartbeat-event        | 'a\rb'   | heartbeatEvent must not contain CR, LF or NUL
			disconnect-event       | 'a\rb'   | must not contain CR, LF or NUL
			shutdown.drain         | -1s      | must be from 0 to 2147483647 ms
			limits.max-sessions    | -1       | maxSessions must not be negative
			limits.max-sessions-per-user    | -1 | maxSessionsPerUser must not be negative
			limits.max-sessions-per-address | -1 | maxSessionsPerAddress must not be negative
			limits.max-connects-per-second  | -1 | maxConnectsPerSecond must not be negative
			limits.max-event-size  | -1B      | maxEventSize must not be negative
			history.max-events     | -1       | must not be negative
			history.max-age        | -1s      | must not be negative
			history.max-size       | -1B      | must not be negative
			history.max-total-size | 0B       | must be at least 1 byte
			channels.a.history.max-events | -1 | must not be negative
			headers.X-Bad          | 'a\rb'   | header X-Bad must not contain control characters
			""")
	void aBadValueIsNamedWithWhatIsAllowed(String name, String value, String reason) {
		with(Map.of("better-sse." + name, value.translateEscapes())).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining(InvalidConfigurationPropertyValueException.class.getName()
					+ ": Property better-sse." + name + " with value '")
			.hasStackTraceContaining("' is invalid: " + reason));
	}

	@ParameterizedTest
	@CsvSource({ "keep-alive, soon", "send-queue.max-size, much", "send-queue.overflow, explode", "send-retry, perhaps",
			"delivery.threads, all" })
	void aValueOfAnotherTypeIsNamed(String name, String value) {
		this.runner.withPropertyValues("better-sse." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Failed to bind properties under 'better-sse." + name + "'"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void theReportOfAFailedStartSaysWhatIsWrong(CapturedOutput output) {
		SpringApplication application = new SpringApplication(BetterSseAutoConfiguration.class,
				BetterSseJacksonAutoConfiguration.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--better-sse.retry=-1s"));
		assertThat(output).contains(
				"""
						Description:

						Invalid value '-1s' for configuration property 'better-sse.retry' (originating from \
						'"better-sse.retry" from property source "commandLineArgs"'). Validation failed for the following reason:

						retry must be from 0 to 2147483647 ms
						""");
	}

}
