package io.github.bettersse.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngineBuilder;
import io.github.bettersse.SseException;
import io.github.bettersse.event.SseEvent;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.Assert;

/**
 * Makes an engine's settings of {@link BetterSseProperties}, and says which property is
 * wrong and what is allowed.
 */
final class EngineProperties {

	private final BetterSseProperties properties;

	EngineProperties(BetterSseProperties properties) {
		this.properties = properties;
	}

	void applyTo(SseEngineBuilder engine) {
		engine.sessionDefaults(sessionDefaults());
		engine.userChannels(this.properties.getUserChannels().isEnabled());
		Integer threads = this.properties.getDelivery().getThreads();
		if (threads != null) {
			set("delivery.threads", threads, () -> engine.deliveryThreads(threads));
		}
		Duration maxWait = this.properties.getDelivery().getMaxWait();
		set("delivery.max-wait", maxWait, () -> engine.maxWait(requireMillis(maxWait)));
		Duration jitter = this.properties.getShutdown().getRetryJitter();
		set("shutdown.retry-jitter", jitter, () -> engine.shutdownRetryJitter(requireMillis(jitter)));
		Duration drain = this.properties.getShutdown().getDrain();
		set("shutdown.drain", drain, () -> engine.shutdownDrain(requireMillis(drain)));
		String disconnectEvent = this.properties.getDisconnectEvent();
		set("disconnect-event", disconnectEvent, () -> engine.disconnectEvent(requireEventName(disconnectEvent)));
	}

	private SessionOptions<?> sessionDefaults() {
		BetterSseProperties properties = this.properties;
		SessionOptions.Builder<Object> options = SessionOptions.builder();
		set("keep-alive", properties.getKeepAlive(), () -> options.keepAlive(properties.getKeepAlive()));
		String heartbeat = properties.getHeartbeatEvent();
		if (heartbeat != null) {
			set("heartbeat-event", heartbeat, () -> options.heartbeatEvent(heartbeat));
		}
		set("retry", properties.getRetry(), () -> options.retry(properties.getRetry()));
		set("retry-jitter", properties.getRetryJitter(), () -> options.retryJitter(properties.getRetryJitter()));
		if (!properties.isSendRetry()) {
			options.noRetry();
		}
		set("write-timeout", properties.getWriteTimeout(), () -> options.writeTimeout(properties.getWriteTimeout()));
		set("max-lifetime", properties.getMaxLifetime(), () -> options.maxLifetime(properties.getMaxLifetime()));
		SendQueueProperties queue = properties.getSendQueue();
		set("send-queue.max-size", queue.getMaxSize(), () -> options.maxQueueSize(queue.getMaxSize().toBytes()));
		options.overflow(queue.getOverflow());
		options.trustClientEventId(properties.isTrustClientEventId());
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		properties.getHeaders().forEach((name, value) -> {
			// Of two spellings the first comes from the property source that counts more.
			if (names.add(name)) {
				set("headers." + name, value, () -> options.header(name, values(value)));
			}
		});
		return options.build();
	}

	/** A list of values is bound to a map with their indexes. */
	private static String[] values(Object value) {
		if (value instanceof Map<?, ?> list) {
			Map<Integer, String> sorted = new TreeMap<>();
			list.forEach((index, element) -> sorted.put(Integer.valueOf(index.toString()), element.toString()));
			return sorted.values().toArray(String[]::new);
		}
		List<String> single = value.toString().isEmpty() ? List.of() : List.of(value.toString());
		return single.toArray(String[]::new);
	}

	private static Duration requireMillis(Duration duration) {
		Assert.isTrue(!duration.isNegative() && duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0,
				"must be from 0 to 2147483647 ms");
		return duration;
	}

	private static String requireEventName(String name) {
		Assert.hasText(name, "must not be empty");
		try {
			SseEvent.empty().name(name);
		}
		catch (SseException ex) {
			throw new IllegalArgumentException("must not contain CR, LF or NUL", ex);
		}
		return name;
	}

	/** Do what fails for a value that is not allowed, and say which property it is. */
	static void set(String name, Object value, Runnable setter) {
		try {
			setter.run();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("better-sse." + name, value,
					String.valueOf(ex.getMessage()), ex);
		}
	}

}
