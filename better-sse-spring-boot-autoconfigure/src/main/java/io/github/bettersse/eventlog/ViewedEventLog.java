package io.github.bettersse.eventlog;

import java.util.Map;

/**
 * A log that answers from what this node knows of it. Whoever extends it appends, and
 * keeps the view up to date. Thread-safe; none of the methods here waits for anybody
 * else.
 */
public abstract class ViewedEventLog implements EventLog {

	/**
	 * Return what this node knows of the log.
	 * @return always the same view
	 */
	protected abstract LogView view();

	@Override
	public void follow(Follower follower) {
		view().follow(follower);
	}

	@Override
	public Position getPosition() {
		return view().getPosition();
	}

	@Override
	public LogCursor resolve(String eventId) {
		return view().resolve(eventId);
	}

	@Override
	public void remember(String eventId, Position position) {
		view().remember(eventId, position);
	}

	@Override
	public boolean isRetained(String channel, Position after) {
		return view().isRetained(channel, after);
	}

	@Override
	public Position getStart(String channel, int maxEvents) {
		return view().getStart(channel, maxEvents);
	}

	@Override
	public LogPage read(Map<String, Position> after, Position upTo, long maxSize) {
		return view().read(after, upTo, maxSize);
	}

	@Override
	public RetainedEvents getRetained(String channel) {
		return view().getRetained(channel);
	}

}
