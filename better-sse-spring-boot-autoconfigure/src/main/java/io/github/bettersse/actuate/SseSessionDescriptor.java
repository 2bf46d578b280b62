package io.github.bettersse.actuate;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the Actuator endpoint {@code sse} says of one session. Immutable, thread-safe.
 *
 * @param id the session's id
 * @param principal the name of who has authenticated, sanitized
 * @param remoteAddress the address of the client, sanitized
 * @param state the session's state as text, sanitized
 * @param age for how long there is the session
 * @param lastWrite when something was written to it
 * @param queuedBytes how many bytes wait to be sent
 * @param delivered how many events were handed to its socket
 * @param dropped how many events were dropped because its queue was full
 */
public record SseSessionDescriptor(String id, @Nullable Object principal, @Nullable Object remoteAddress,
		@Nullable Object state, Duration age, Instant lastWrite, long queuedBytes, long delivered, long dropped) {
}
