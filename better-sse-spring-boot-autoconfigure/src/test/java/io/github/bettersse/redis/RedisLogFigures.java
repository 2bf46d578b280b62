package io.github.bettersse.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Retention;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/**
 * Measures the log with three nodes against plain pub/sub: how long it takes from the
 * call until all three have the event, at a steady rate, and how many events a second
 * they have at most. A program, not a test.
 */
public final class RedisLogFigures {

	private static final System.Logger logger = System.getLogger(RedisLogFigures.class.getName());

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private static final int NODES = 3;

	private static final int RATE = Integer.getInteger("figures.rate", 5000);

	private static final int EVENTS = RATE * Integer.getInteger("figures.seconds", 10);

	private static final int WARM_UP = RATE * 3;

	private static final String PADDING = "x".repeat(180);

	private RedisLogFigures() {
	}

	/** Print the figures. */
	public static void main(String[] arguments) {
		try (RedisProcess redis = RedisProcess.start()) {
			for (int i = 0; i < 2; i++) {
				pubSub(redis);
				log(redis, Retention.NONE, "log");
				log(redis, new Retention(1000, Duration.ofHours(1), 0), "log with history");
			}
		}
	}

	private static void log(RedisProcess redis, Retention retention, String name) {
		Latencies latencies = new Latencies();
		List<RedisEventLog> nodes = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			RedisEventLog node = new RedisEventLog(redis.connections(), RedisLogSettings.DEFAULTS);
			node.follow((entry) -> latencies.arrived(String.valueOf(entry.event().getData())));
			nodes.add(node);
		}
		AtomicInteger next = new AtomicInteger();
		Consumer<String> append = (text) -> {
			SseEvent event = SseEvent.raw(text);
			nodes.get(next.getAndIncrement() % NODES)
				.append(new LogEvent("news", event, ENCODER.encode(event), null, retention));
		};
		steady(append, latencies);
		long start = System.nanoTime();
		CompletableFuture<?>[] appended = new CompletableFuture<?>[EVENTS];
		for (int i = 0; i < EVENTS; i++) {
			SseEvent event = SseEvent.raw("0 " + PADDING);
			appended[i] = nodes.get(i % NODES)
				.append(new LogEvent("news", event, ENCODER.encode(event), null, retention));
		}
		CompletableFuture.allOf(appended).join();
		double seconds = (System.nanoTime() - start) / 1e9;
		report(name, latencies, EVENTS / seconds);
		nodes.forEach(RedisEventLog::close);
	}

	private static void pubSub(RedisProcess redis) {
		Latencies latencies = new Latencies();
		LettuceConnectionFactory factory = redis.connections();
		List<RedisMessageListenerContainer> containers = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(factory);
			container.setTaskExecutor(Runnable::run);
			container.setSubscriptionExecutor((task) -> new Thread(task).start());
			container.addMessageListener(
					(message, pattern) -> latencies.arrived(new String(message.getBody(), StandardCharsets.UTF_8)),
					ChannelTopic.of("news"));
			container.afterPropertiesSet();
			container.start();
			containers.add(container);
		}
		try (RedisConnection connection = factory.getConnection()) {
			byte[] channel = LogKeys.bytes("news");
			Consumer<String> publish = (text) -> connection.commands().publish(channel, LogKeys.bytes(text));
			steady(publish, latencies);
			long start = System.nanoTime();
			for (int i = 0; i < EVENTS; i++) {
				publish.accept("0 " + PADDING);
			}
			report("pub/sub", latencies, EVENTS / ((System.nanoTime() - start) / 1e9));
		}
		containers.forEach(RedisMessageListenerContainer::stop);
	}

	private static void steady(Consumer<String> publish, Latencies latencies) {
		long start = System.nanoTime();
		for (int i = 0; i < WARM_UP + EVENTS; i++) {
			long due = start + i * 1_000_000_000L / RATE;
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			// Of a publisher that is late, the waiting counts too
			publish.accept(((i < WARM_UP) ? 0 : due) + " " + PADDING);
		}
		latencies.await(NODES * EVENTS);
	}

	private static void report(String name, Latencies latencies, double rate) {
		logger.log(System.Logger.Level.INFO, () -> "%s: p50 %.2f ms, p99 %.2f ms at %d/s; at most %.0f/s"
			.formatted(name, latencies.percentile(0.5), latencies.percentile(0.99), RATE, rate));
	}

	private static final class Latencies {

		private final long[] nanos = new long[NODES * EVENTS];

		private final AtomicInteger count = new AtomicInteger();

		void arrived(String text) {
			long due = Long.parseLong(text, 0, text.indexOf(' '), 10);
			if (due != 0) {
				this.nanos[this.count.getAndIncrement()] = System.nanoTime() - due;
			}
		}

		void await(int events) {
			while (this.count.get() < events) {
				LockSupport.parkNanos(1_000_000);
			}
			Arrays.sort(this.nanos);
		}

		double percentile(double part) {
			return this.nanos[(int) (part * (this.nanos.length - 1))] / 1e6;
		}

	}

}
