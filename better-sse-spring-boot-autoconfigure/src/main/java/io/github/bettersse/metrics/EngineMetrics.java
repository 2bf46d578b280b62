package io.github.bettersse.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.bettersse.EngineStatistics;
import io.github.bettersse.Limit;
import io.github.bettersse.SseEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Shows the state of an engine in the meters {@code better.sse.*}: it costs nothing until
 * the registry is read, and then one look at each session. Thread-safe.
 */
public final class EngineMetrics implements MeterBinder {

	/** So long one look serves, since one reading asks for all meters. */
	private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final SseEngine engine;

	private @Nullable EngineStatistics statistics;

	private long takenAt;

	/**
	 * Create a binder.
	 * @param engine the engine to show
	 */
	public EngineMetrics(SseEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge("better.sse.sessions.active", EngineStatistics::sessionCount).description("Sessions that are open")
			.register(registry);
		Meter
			.builder("better.sse.sessions.duration", Meter.Type.LONG_TASK_TIMER,
					List.of(measure(EngineStatistics::sessionCount, Statistic.ACTIVE_TASKS),
							measure((now) -> seconds(now.totalAge()), Statistic.DURATION),
							measure((now) -> seconds(now.greatestAge()), Statistic.MAX)))
			.description("Open sessions and how long they have been open")
			.baseUnit("seconds")
			.register(registry);
		gauge("better.sse.queue.size", EngineStatistics::queuedBytes).description("Bytes that wait in all queues")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		gauge("better.sse.queue.size.max", EngineStatistics::greatestQueuedBytes)
			.description("Bytes that wait in the fullest queue")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		gauge("better.sse.delivery.backlog", EngineStatistics::backlogBytes)
			.description("Bytes that wait for the delivery threads")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		for (Limit limit : Limit.values()) {
			FunctionCounter
				.builder("better.sse.sessions.refused", this.engine,
						(engine) -> engine.getLimits().refusedCounts().getOrDefault(limit, 0L))
				.description("Clients that a limit has refused")
				.tag("limit", MeterRecorder.textOf(limit))
				.register(registry);
		}
	}

	private Gauge.Builder<EngineMetrics> gauge(String name, ToDoubleFunction<EngineStatistics> value) {
		return Gauge.builder(name, this, (metrics) -> value.applyAsDouble(metrics.statistics()));
	}

	private Measurement measure(ToDoubleFunction<EngineStatistics> value, Statistic statistic) {
		return new Measurement(() -> value.applyAsDouble(statistics()), statistic);
	}

	private static double seconds(Duration duration) {
		return duration.toNanos() / 1e9;
	}

	private synchronized EngineStatistics statistics() {
		long now = System.nanoTime();
		EngineStatistics known = this.statistics;
		if (known == null || now - this.takenAt > MAX_AGE_NANOS) {
			known = this.engine.getStatistics();
			this.statistics = known;
			this.takenAt = now;
		}
		return known;
	}

}
