package io.github.bettersse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.metrics.EngineMetrics;
import io.github.bettersse.metrics.MeterRecorder;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the meters say of what has happened.
 */
class MeterTests extends ReplayScene {

	private static final int EVENT = Wire.of("a").length();

	private MeterRegistry meters;

	private final Channel<Void, Object> news = channel("news", History.ofEvents(2));

	@Override
	void customize(SseEngineBuilder builder) {
		this.meters = new SimpleMeterRegistry();
		builder.recorder(new MeterRecorder(this.meters, ObservationRegistry.NOOP, List.of("news", "user:*"), false));
	}

	@Test
	void sessionsAreCountedAndTimed() {
		new EngineMetrics(this.engine.engine).bindTo(this.meters);
		TestClient<Object> first = this.engine.connect();
		this.engine.timer.advance(Duration.ofSeconds(2));
		this.engine.connect();
		this.engine.prepare().opening().refuse();
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(this.meters.get("better.sse.sessions.opened").counter().count()).isEqualTo(2);
		assertThat(this.meters.get("better.sse.sessions.active").gauge().value()).isEqualTo(2);
		assertThat(this.meters.get("better.sse.sessions.duration").meter().measure())
			.extracting(Measurement::getStatistic, Measurement::getValue)
			.containsExactly(tuple(Statistic.ACTIVE_TASKS, 2.0), tuple(Statistic.DURATION, 4.0),
					tuple(Statistic.MAX, 3.0));
		first.session().close();
		assertThat(closed("closed").count()).isOne();
		assertThat(closed("closed").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
		assertThat(closed("refused").count()).isOne();
		TestEngine.await().until(() -> this.meters.get("better.sse.sessions.active").gauge().value() == 1);
	}

	private Timer closed(String reason) {
		return this.meters.get("better.sse.sessions.closed").tag("reason", reason).timer();
	}

	@Test
	void whatIsWrittenIsCountedAndItsLagIsInTheRightBucket() {
		TestClient<Object> client = this.engine.connect();
		this.engine.channels.channel("other").register(client.session());
		this.engine.awaitDelivery();
		Gate delivery = this.engine.holdDelivery();
		this.engine.channels.channel("other").broadcast(Wire.event("a"));
		this.engine.timer.advance(Duration.ofMillis(40));
		delivery.open();
		this.engine.awaitDelivery();
		client.session().push(Wire.event("b"));
		this.engine.timer.advance(Duration.ofSeconds(10));
		assertThat(this.meters.get("better.sse.sent.events").functionCounter().count()).isEqualTo(2);
		assertThat(this.meters.get("better.sse.sent.bytes").functionCounter().count()).isEqualTo(2 * EVENT + 3);
		assertThat(this.meters.get("better.sse.keepalives").functionCounter().count()).isOne();
		Timer lag = this.meters.get("better.sse.delivery.lag").timer();
		assertThat(lag.count()).isOne();
		assertThat(lag.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
		assertThat(lag.takeSnapshot().histogramCounts()).filteredOn(
				(bucket) -> bucket.bucket(TimeUnit.MILLISECONDS) == 25 || bucket.bucket(TimeUnit.MILLISECONDS) == 50)
			.extracting((bucket) -> entry(bucket.bucket(TimeUnit.MILLISECONDS), bucket.count()))
			.containsExactly(entry(25.0, 0.0), entry(50.0, 1.0));
	}

	@Test
	void channelsThatWereOptedInHaveMetersOfTheirOwn() {
		TestClient<Object> client = this.engine.connect();
		for (String name : List.of("news", "user:ann", "user:bob", "secret")) {
			Channel<Void, Object> channel = "news".equals(name) ? this.news : this.engine.channels.channel(name);
			channel.register(client.session());
			broadcast(channel, "x");
		}
		this.engine.awaitDelivery();
		for (String name : List.of("better.sse.broadcasts", "better.sse.fanout")) {
			assertThat(this.meters.get(name).meters())
				.extracting(
						(meter) -> entry(meter.getId().getTag("channel"), meter.measure().iterator().next().getValue()))
				.containsExactlyInAnyOrder(entry("news", 1.0), entry("user:*", 2.0), entry("other", 1.0));
		}
	}

	@Test
	void replaysAreHitsOrResetsByReason() {
		broadcast(this.news, "a", "b", "c", "d");
		for (String cursor : List.of(position(2), position(3), position(1), "given", "")) {
			TestClient<Object> client = prepare(cursor);
			Replay replay = this.news.register(client.session());
			client.opening().complete();
			TestEngine.join(replay.completion());
		}
		assertThat(count("better.sse.replay.hits", "channel", "news")).isEqualTo(2);
		assertThat(count("better.sse.replay.events", "channel", "news")).isEqualTo(3);
		assertThat(count("better.sse.replay.resets", "channel", "news", "reason", "trimmed")).isOne();
		assertThat(count("better.sse.replay.resets", "channel", "news", "reason", "unknown")).isOne();
		assertThat(count("better.sse.replay.hits", "channel", "other")).isZero();
	}

	@Test
	void fullQueuesAreCountedByStrategy() {
		new EngineMetrics(this.engine.engine).bindTo(this.meters);
		for (OverflowStrategy strategy : OverflowStrategy.values()) {
			TestClient<Object> client = this.engine.connect(SessionOptions.builder()
				.overflow(strategy)
				.maxQueueSize(2L * EVENT)
				.keepAlive(Duration.ZERO)
				.build());
			client.connection().fill();
			client.session().push(Wire.event("a")).push(Wire.event("b")).push(Wire.event("c")).push(Wire.event("d"));
		}
		assertThat(this.meters.get("better.sse.queue.size").gauge().value()).isEqualTo((4 + 4 + 4) * EVENT);
		assertThat(this.meters.get("better.sse.queue.size.max").gauge().value()).isEqualTo(4 * EVENT);
		this.engine.timer.advance(Duration.ofSeconds(1));
		assertThat(count("better.sse.queue.overflows", "strategy", "disconnect")).isOne();
		assertThat(count("better.sse.queue.dropped", "strategy", "disconnect")).isZero();
		assertThat(count("better.sse.queue.overflows", "strategy", "drop-oldest")).isOne();
		assertThat(count("better.sse.queue.dropped", "strategy", "drop-oldest")).isEqualTo(2);
		assertThat(count("better.sse.queue.overflows", "strategy", "keep-latest")).isOne();
		assertThat(count("better.sse.queue.dropped", "strategy", "keep-latest")).isEqualTo(3);
		assertThat(closed("overflow").count()).isOne();
	}

	private double count(String name, String... tags) {
		return this.meters.get(name).tags(tags).counter().count();
	}

}
