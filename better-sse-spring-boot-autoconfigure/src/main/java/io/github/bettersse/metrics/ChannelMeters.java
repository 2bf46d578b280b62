package io.github.bettersse.metrics;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.bettersse.ChannelRecorder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of all channels that have one value of the tag {@code channel}. Thread-safe.
 */
final class ChannelMeters implements ChannelRecorder {

	private static final String CHANNEL = "channel";

	private final String tag;

	private final MeterRegistry meters;

	private final BroadcastObservations observations;

	private final Counter broadcasts;

	private final Timer fanout;

	private final Counter replayHits;

	private final Counter replayEvents;

	private final Map<String, Counter> resets = new ConcurrentHashMap<>();

	ChannelMeters(String tag, MeterRegistry meters, BroadcastObservations observations) {
		this.tag = tag;
		this.meters = meters;
		this.observations = observations;
		this.broadcasts = Counter.builder("better.sse.broadcasts")
			.description("Events that were broadcast by this node")
			.tag(CHANNEL, tag)
			.register(meters);
		this.fanout = Timer.builder("better.sse.fanout")
			.description("Time from the log to the last session of this node, by event")
			.tag(CHANNEL, tag)
			.register(meters);
		this.replayHits = Counter.builder("better.sse.replay.hits")
			.description("Clients that came back and got all that they had missed")
			.tag(CHANNEL, tag)
			.register(meters);
		this.replayEvents = Counter.builder("better.sse.replay.events")
			.description("Events that were replayed to them")
			.tag(CHANNEL, tag)
			.register(meters);
	}

	@Override
	public <T> CompletableFuture<T> broadcast(Supplier<CompletableFuture<T>> append) {
		CompletableFuture<T> position = this.observations.observe(this.tag, append);
		this.broadcasts.increment();
		return position;
	}

	@Override
	public Runnable delivering() {
		long start = System.nanoTime();
		Runnable observed = this.observations.delivering();
		return () -> {
			this.fanout.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
			observed.run();
		};
	}

	@Override
	public void resumed(int events) {
		this.replayHits.increment();
		this.replayEvents.increment(events);
	}

	@Override
	public void reset(String reason) {
		this.resets.computeIfAbsent(reason, this::resets).increment();
	}

	private Counter resets(String reason) {
		return Counter.builder("better.sse.replay.resets")
			.description("Clients that were told that events are lost")
			.tags(CHANNEL, this.tag, "reason", reason)
			.register(this.meters);
	}

}
