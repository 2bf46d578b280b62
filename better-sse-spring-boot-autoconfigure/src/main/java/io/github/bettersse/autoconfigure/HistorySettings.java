package io.github.bettersse.autoconfigure;

import java.lang.System.Logger.Level;
import java.time.Duration;

import io.github.bettersse.History;
import io.github.bettersse.SseEngineBuilder;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.InMemoryEventLog;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Makes an engine's histories of {@link BetterSseProperties}.
 */
final class HistorySettings {

	private static final System.Logger logger = System.getLogger(HistorySettings.class.getName());

	private static final String REDIS = "org.springframework.data.redis.connection.RedisConnectionFactory";

	private final BetterSseProperties properties;

	HistorySettings(BetterSseProperties properties) {
		this.properties = properties;
	}

	EventLog newLog() {
		if (this.properties.getLog() == LogKind.REDIS) {
			EngineProperties.set("log", LogKind.REDIS, () -> Assert.isTrue(ClassUtils.isPresent(REDIS, null),
					"needs Spring Data Redis: add spring-boot-starter-data-redis, or an EventLog bean"));
			// As in a slice of a test
			logger.log(Level.WARNING, "better-sse.log=redis has no effect: there is no RedisConnectionFactory");
		}
		return new InMemoryEventLog(positive("history.max-total-size", this.properties.getHistory().getMaxTotalSize()));
	}

	void applyTo(SseEngineBuilder engine) {
		HistoryProperties all = this.properties.getHistory();
		engine.history(history("history", all.getMaxEvents(), all.getMaxAge(), all.getMaxSize()));
		this.properties.getChannels().forEach((channel, properties) -> {
			ChannelProperties.History own = properties.getHistory();
			engine.history(channel,
					history("channels." + channel + ".history",
							(own.getMaxEvents() != null) ? own.getMaxEvents() : all.getMaxEvents(),
							(own.getMaxAge() != null) ? own.getMaxAge() : all.getMaxAge(),
							(own.getMaxSize() != null) ? own.getMaxSize() : all.getMaxSize()));
		});
	}

	private static History history(String prefix, int maxEvents, Duration maxAge, DataSize maxSize) {
		requireNotNegative(prefix + ".max-events", maxEvents, maxEvents);
		requireNotNegative(prefix + ".max-age", maxAge, maxAge.toMillis());
		requireNotNegative(prefix + ".max-size", maxSize, maxSize.toBytes());
		History history = History.none();
		history = (maxEvents > 0) ? history.maxEvents(maxEvents) : history;
		history = maxAge.isZero() ? history : history.maxAge(maxAge);
		return (maxSize.toBytes() > 0) ? history.maxSize(maxSize.toBytes()) : history;
	}

	private static void requireNotNegative(String name, Object value, long amount) {
		EngineProperties.set(name, value, () -> Assert.isTrue(amount >= 0, "must not be negative"));
	}

	private static long positive(String name, DataSize size) {
		EngineProperties.set(name, size, () -> Assert.isTrue(size.toBytes() > 0, "must be at least 1 byte"));
		return size.toBytes();
	}

}
