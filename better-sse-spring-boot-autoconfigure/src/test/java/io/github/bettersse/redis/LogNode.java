package io.github.bettersse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import io.github.bettersse.eventlog.Retention;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A node whose follower writes down what it gets.
 */
final class LogNode implements EventLog.Follower, AutoCloseable {

	static final Retention ALL = new Retention(1_000_000, Duration.ZERO, 0);

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private final RedisEventLog log;

	private final LettuceConnectionFactory connections;

	/** Texts of events, and reasons of losses in brackets. */
	private final List<String> followed = new CopyOnWriteArrayList<>();

	private final List<Predicate<String>> losses = new CopyOnWriteArrayList<>();

	LogNode(int port, RedisLogSettings settings) {
		this(RedisProcess.connections(port), settings);
	}

	LogNode(LettuceConnectionFactory connections, RedisLogSettings settings) {
		this.connections = connections;
		try {
			this.log = new RedisEventLog(this.connections, settings);
		}
		catch (RuntimeException ex) {
			this.connections.destroy();
			throw ex;
		}
		this.log.follow(this);
	}

	static RedisLogSettings settings(Duration timeout, int waitReplicas, long backlogSize) {
		return new RedisLogSettings("log", "node", waitReplicas, timeout, 1024, 1024 * 1024, backlogSize,
				Duration.ofDays(1), 64 * 1024 * 1024);
	}

	@Override
	public void accept(LogEntry entry) {
		this.followed.add(String.valueOf(entry.event().getData()));
	}

	@Override
	public void lost(Position position, Predicate<String> channels, ResetReason reason) {
		this.losses.add(channels);
		this.followed.add("[" + reason + "]");
	}

	@Override
	public void skipped(Position position, @Nullable String channel) {
		this.followed.add("[skipped in " + ((channel != null) ? channel : "any") + "]");
	}

	RedisEventLog log() {
		return this.log;
	}

	Position append(String text) {
		return appendAsync("news", text).join();
	}

	CompletableFuture<Position> appendAsync(String channel, String text) {
		SseEvent event = SseEvent.raw(text);
		return this.log.append(new LogEvent(channel, event, ENCODER.encode(event), null, ALL));
	}

	List<String> followed() {
		return this.followed;
	}

	/** Return what decides which channels the last loss concerns. */
	Predicate<String> lastLoss() {
		return this.losses.get(this.losses.size() - 1);
	}

	void awaitFollowed(String... expected) {
		await().untilAsserted(() -> assertThat(this.followed).containsExactly(expected));
	}

	/** Return the texts that are retained of a channel. */
	List<String> retained(String channel) {
		List<String> texts = new ArrayList<>();
		this.log
			.read(Map.of(channel, this.log.getStart(channel, Integer.MAX_VALUE)), this.log.getPosition(),
					Long.MAX_VALUE)
			.entries()
			.forEach((entry) -> texts.add(String.valueOf(entry.event().getData())));
		return texts;
	}

	@Override
	public void close() {
		this.log.close();
		this.connections.destroy();
	}

}
