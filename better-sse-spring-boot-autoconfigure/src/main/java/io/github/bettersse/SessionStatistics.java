package io.github.bettersse;

import java.time.Duration;

/**
 * How one session does at a moment. Immutable, thread-safe.
 *
 * @param age for how long there is the session, from the begin of its handler
 * @param idle how long ago something was written to it
 * @param queuedBytes how many bytes wait to be sent
 * @param sentEvents how many events were handed to its socket
 * @param droppedEvents how many events were dropped because its queue was full
 */
public record SessionStatistics(Duration age, Duration idle, long queuedBytes, long sentEvents, long droppedEvents) {
}
