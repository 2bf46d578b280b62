package io.github.bettersse;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventBuffer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * {@link SessionOptions} with nothing left open.
 */
record SessionSettings(EventEncoder encoder, DataSerializer serializer, boolean trustClientEventId, boolean sendRetry,
		Duration retry, Duration retryJitter, long keepAliveNanos, Frame keepAliveFrame, ResponseHead head,
		QueueBound queueBound, long writeTimeoutNanos, long maxLifetimeNanos) {

	/** Built in: what holds where nobody has said anything else. */
	static final SessionOptions<?> DEFAULTS = SessionOptions.builder()
		.trustClientEventId(true)
		.retry(Duration.ofSeconds(2))
		.retryJitter(Duration.ZERO)
		.keepAlive(Duration.ofSeconds(10))
		.heartbeatEvent("")
		.status(200)
		.header("Content-Type", "text/event-stream")
		.header("Cache-Control", "private, no-cache, no-store, no-transform, must-revalidate, max-age=0")
		.header("Pragma", "no-cache")
		.header("X-Accel-Buffering", "no")
		.maxQueueSize(1024 * 1024)
		.overflow(OverflowStrategy.DISCONNECT)
		.writeTimeout(Duration.ofSeconds(30))
		.maxLifetime(Duration.ZERO)
		.build();

	private static final Frame PADDING = Frame.comment(" ".repeat(2048));

	/**
	 * Read options.
	 * @param complete options that leave nothing open
	 * @param maxEventSize how many bytes an event may have, zero for any number
	 */
	static SessionSettings of(SessionOptions<?> complete, long maxEventSize) {
		SessionOptions.Builder<?> values = complete.values();
		DataSerializer serializer = given(values.serializer);
		return new SessionSettings(new EventEncoder(serializer, maxEventSize), serializer,
				given(values.trustClientEventId), given(values.sendRetry), given(values.retry),
				given(values.retryJitter), given(values.keepAlive).toNanos(),
				ControlFrames.keepAlive(given(values.heartbeatEvent)),
				new ResponseHead(given(values.status), values.headers),
				new QueueBound(given(values.maxQueueSize), given(values.overflow)),
				given(values.writeTimeout).toNanos(), given(values.maxLifetime).toNanos());
	}

	/**
	 * Return what goes out with the head: the padding that two polyfills ask for, and the
	 * reconnection time.
	 */
	@Nullable Frame preamble(Handshake handshake) {
		Set<String> parameters = handshake.getQueryParameters().keySet();
		boolean padded = parameters.contains("padding") || parameters.contains("evs_preamble");
		Frame retry = this.sendRetry ? retry(this.retryJitter) : null;
		if (padded) {
			return (retry != null) ? Frame.join(List.of(PADDING, retry)) : PADDING;
		}
		return retry;
	}

	/** Return the reconnection time, with up to so much added at random. */
	Frame retry(Duration jitter) {
		return ControlFrames.retry(Duration.ofMillis(retryMillis(jitter)));
	}

	/** Return the same in milliseconds. */
	long retryMillis(Duration jitter) {
		long added = ThreadLocalRandom.current().nextLong(jitter.toMillis() + 1);
		return Math.min(this.retry.toMillis() + added, Integer.MAX_VALUE);
	}

	/** Encode a batch, each of whose events may have the size that any event may. */
	Frame encode(EventBuffer buffer) {
		this.encoder.requireSize(buffer.getLargestEventSize());
		return buffer.toFrame();
	}

	private static <T> T given(@Nullable T value) {
		return Objects.requireNonNull(value);
	}

}
