package io.github.bettersse;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.InMemoryEventLog;
import io.github.bettersse.eventlog.LogCursor;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.LogPage;
import io.github.bettersse.eventlog.Position;

/**
 * A log in memory, for a test to change what single methods do.
 */
class ForwardingEventLog implements EventLog {

	private final EventLog log = new InMemoryEventLog();

	@Override
	public CompletableFuture<Position> append(LogEvent event) {
		return this.log.append(event);
	}

	@Override
	public void follow(Follower follower) {
		this.log.follow(follower);
	}

	@Override
	public Position getPosition() {
		return this.log.getPosition();
	}

	@Override
	public LogCursor resolve(String eventId) {
		return this.log.resolve(eventId);
	}

	@Override
	public void remember(String eventId, Position position) {
		this.log.remember(eventId, position);
	}

	@Override
	public boolean isRetained(String channel, Position after) {
		return this.log.isRetained(channel, after);
	}

	@Override
	public Position getStart(String channel, int maxEvents) {
		return this.log.getStart(channel, maxEvents);
	}

	@Override
	public LogPage read(Map<String, Position> after, Position upTo, long maxSize) {
		return this.log.read(after, upTo, maxSize);
	}

	@Override
	public void forget(String channel) {
		this.log.forget(channel);
	}

}
