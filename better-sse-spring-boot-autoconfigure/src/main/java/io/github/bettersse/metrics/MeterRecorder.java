package io.github.bettersse.metrics;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.bettersse.ChannelRecorder;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EngineRecorder;
import io.github.bettersse.OverflowStrategy;
import io.github.bettersse.Session;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.observation.ObservationRegistry;

/**
 * Records what the engine does in the meters {@code better.sse.*}, and observes
 * broadcasts. Thread-safe. What is counted for each write is added up without contention
 * and read when the registry is.
 */
public final class MeterRecorder implements EngineRecorder {

	private static final Duration[] LAG_BUCKETS = { Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
			Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
			Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
			Duration.ofSeconds(10), Duration.ofSeconds(30) };

	private final ObservationRegistry observations;

	private final boolean httpServerRequests;

	private final ChannelTags channelTags;

	/** By value of the tag. */
	private final Map<String, ChannelMeters> channels = new HashMap<>();

	private final LongAdder sentEvents = new LongAdder();

	private final LongAdder sentBytes = new LongAdder();

	private final LongAdder keepAlives = new LongAdder();

	private final Timer lag;

	private final Counter opened;

	private final Map<DisconnectReason, Timer> closed = new EnumMap<>(DisconnectReason.class);

	private final Map<OverflowStrategy, Counter> overflows = new EnumMap<>(OverflowStrategy.class);

	private final Map<OverflowStrategy, Counter> dropped = new EnumMap<>(OverflowStrategy.class);

	/**
	 * Create a recorder, and register all meters of it.
	 * @param meters where to register them
	 * @param observations where to observe broadcasts
	 * @param channels the names of the channels that get meters of their own; {@code *}
	 * stands for any characters, and the channels of a pattern have one meter together
	 * @param httpServerRequests whether streams are measured as ordinary requests too
	 */
	public MeterRecorder(MeterRegistry meters, ObservationRegistry observations, Collection<String> channels,
			boolean httpServerRequests) {
		this.observations = observations;
		this.httpServerRequests = httpServerRequests;
		this.channelTags = new ChannelTags(channels);
		BroadcastObservations broadcasts = new BroadcastObservations(observations);
		this.channels.put(ChannelTags.OTHER, new ChannelMeters(ChannelTags.OTHER, meters, broadcasts));
		this.channelTags.optedIn().forEach((tag) -> this.channels.put(tag, new ChannelMeters(tag, meters, broadcasts)));
		count("better.sse.sent.events", "Events that were handed to sockets", this.sentEvents).register(meters);
		count("better.sse.sent.bytes", "Bytes of events and comments that were handed to sockets", this.sentBytes)
			.baseUnit(BaseUnits.BYTES)
			.register(meters);
		count("better.sse.keepalives", "Keep-alives that were sent", this.keepAlives).register(meters);
		this.lag = Timer.builder("better.sse.delivery.lag")
			.description("Time from the log to the socket of a session, of the oldest event of each write")
			.serviceLevelObjectives(LAG_BUCKETS)
			.register(meters);
		this.opened = Counter.builder("better.sse.sessions.opened")
			.description("Sessions that have opened")
			.register(meters);
		for (DisconnectReason reason : DisconnectReason.values()) {
			this.closed.put(reason,
					Timer.builder("better.sse.sessions.closed")
						.description("Sessions that have ended, and how long there were they")
						.tag("reason", textOf(reason))
						.register(meters));
		}
		for (OverflowStrategy strategy : OverflowStrategy.values()) {
			this.overflows.put(strategy,
					Counter.builder("better.sse.queue.overflows")
						.description("Times that an event did not fit into the queue of a session")
						.tag("strategy", textOf(strategy))
						.register(meters));
			this.dropped.put(strategy,
					Counter.builder("better.sse.queue.dropped")
						.description("Events that were dropped from the queues of sessions")
						.tag("strategy", textOf(strategy))
						.register(meters));
		}
	}

	private static FunctionCounter.Builder<LongAdder> count(String name, String description, LongAdder adder) {
		return FunctionCounter.builder(name, adder, LongAdder::sum).description(description);
	}

	/** Return the value of a tag for a constant. */
	static String textOf(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public void opened(Session<?> session) {
		this.opened.increment();
		if (!this.httpServerRequests) {
			StreamRequests.mark(this.observations);
		}
	}

	@Override
	public void closed(Session<?> session, DisconnectReason reason, long nanos) {
		Objects.requireNonNull(this.closed.get(reason)).record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void written(int events, int bytes, long waitedNanos) {
		this.sentEvents.add(events);
		this.sentBytes.add(bytes);
		if (waitedNanos >= 0) {
			this.lag.record(waitedNanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void overflowed(OverflowStrategy strategy, long dropped) {
		Objects.requireNonNull(this.overflows.get(strategy)).increment();
		Objects.requireNonNull(this.dropped.get(strategy)).increment(dropped);
	}

	@Override
	public void keptAlive() {
		this.keepAlives.increment();
	}

	@Override
	public ChannelRecorder channel(String channel) {
		return Objects.requireNonNull(this.channels.get(this.channelTags.of(channel)));
	}

}
