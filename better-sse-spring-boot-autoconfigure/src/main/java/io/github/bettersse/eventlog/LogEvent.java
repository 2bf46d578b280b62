package io.github.bettersse.eventlog;

import io.github.bettersse.event.EncodedEvent;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the log: encoded once, its position not yet known.
 *
 * @param channel the channel that it is for
 * @param event the event as it was broadcast; without data if it is retained and nobody
 * will look at that
 * @param encoded its bytes
 * @param scope what else travels with the event on this node, for the follower alone to
 * understand; a log that leaves the JVM refuses it
 * @param retention how much of the channel's events is retained, this one included
 */
public record LogEvent(String channel, SseEvent event, EncodedEvent encoded, @Nullable Object scope,
		Retention retention) {

	/**
	 * Return this event with its place in the log. The id given by the application wins
	 * over the position as the event's id.
	 * @param position the place
	 * @return the entry
	 */
	public LogEntry at(Position position) {
		String id = this.event.getId();
		Frame frame = this.encoded.withId((id != null) ? id : position.toString());
		return new LogEntry(position, this.channel, this.event, frame, this.scope, this.retention.latest());
	}

}
