package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * From where a session that registers with a channel gets the channel's history. What a
 * channel does not keep, nobody gets. Immutable, thread-safe.
 */
public final class ReplayFrom {

	private static final ReplayFrom CURSOR = new ReplayFrom(Kind.CURSOR, null, 0);

	private static final ReplayFrom NONE = new ReplayFrom(Kind.NONE, null, 0);

	private static final ReplayFrom ALL = new ReplayFrom(Kind.LATEST, null, Integer.MAX_VALUE);

	enum Kind {

		CURSOR, NONE, ID, LATEST

	}

	private final Kind kind;

	private final @Nullable String eventId;

	private final int maxEvents;

	private ReplayFrom(Kind kind, @Nullable String eventId, int maxEvents) {
		this.kind = kind;
		this.eventId = eventId;
		this.maxEvents = maxEvents;
	}

	/**
	 * Go on from the last event id that the client came with; a newcomer gets no history.
	 * The default in a handler.
	 * @return the place
	 */
	public static ReplayFrom cursor() {
		return CURSOR;
	}

	/**
	 * Get no history, whatever the client came with. The default once the stream is open.
	 * @return the place
	 */
	public static ReplayFrom none() {
		return NONE;
	}

	/**
	 * Go on from an event, whatever the client came with.
	 * @param eventId the id of the event, or a {@linkplain Channel#getPosition()
	 * position}
	 * @return the place
	 */
	public static ReplayFrom id(String eventId) {
		return new ReplayFrom(Kind.ID, eventId, 0);
	}

	/**
	 * Give a newcomer all of the history; a client that came with a usable last event id
	 * goes on from there.
	 * @return the place
	 */
	public static ReplayFrom all() {
		return ALL;
	}

	/**
	 * Give a newcomer the newest events; a client that came with a usable last event id
	 * goes on from there.
	 * @param maxEvents how many at most, at least 1
	 * @return the place
	 */
	public static ReplayFrom latest(int maxEvents) {
		if (maxEvents < 1) {
			throw new IllegalArgumentException("maxEvents must be at least 1");
		}
		return new ReplayFrom(Kind.LATEST, null, maxEvents);
	}

	Kind kind() {
		return this.kind;
	}

	@Nullable String eventId() {
		return this.eventId;
	}

	int maxEvents() {
		return this.maxEvents;
	}

}
