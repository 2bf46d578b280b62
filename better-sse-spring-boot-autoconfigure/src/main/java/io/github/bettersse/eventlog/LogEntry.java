package io.github.bettersse.eventlog;

import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event with its place in the log.
 *
 * @param position its place
 * @param channel the channel that it is for
 * @param event the event as it was broadcast
 * @param frame its bytes, with its id
 * @param scope what came with the event on the node that appended it
 * @param latest whether it takes the place of the event of its name that newcomers get
 */
public record LogEntry(Position position, String channel, SseEvent event, Frame frame, @Nullable Object scope,
		boolean latest) {
}
