package io.github.bettersse;

import java.util.Objects;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * What one registration still has to get from the log before it is live. For the
 * session's shard alone, once the registration was made.
 */
final class ReplaySource {

	private final DefaultReplay replay;

	/** Whether the client goes on from its own last event id. */
	private final boolean ofClient;

	/** Where a client goes on, {@code null} for a newcomer. */
	private final @Nullable Position resumed;

	/** How many of the newest events a newcomer gets. */
	private final int newest;

	private boolean withIds = true;

	/** Of the last event that came before the registration. */
	private @Nullable Position joinedAt;

	/** Of the last event that was read, {@code null} if there is nothing to read. */
	private @Nullable Position after;

	/** After which all events are read. */
	private @Nullable Position start;

	private @Nullable ResetReason lost;

	/** Whether the client knows what is lost. */
	private boolean told;

	private ReplaySource(@Nullable Position resumed, boolean ofClient, @Nullable ResetReason lost, int newest) {
		this.ofClient = ofClient;
		this.resumed = resumed;
		this.lost = lost;
		this.newest = newest;
		this.replay = new DefaultReplay(resumed != null);
	}

	/**
	 * Find out what is to be replayed.
	 * @param client where the client wants to go on
	 */
	static ReplaySource of(String channel, ReplayFrom from, ResumePoint client, EventLog log) {
		ResumePoint start = switch (from.kind()) {
			case CURSOR, LATEST -> client;
			case ID -> ResumePoint.of(String.valueOf(from.eventId()), log);
			case NONE -> ResumePoint.NEWCOMER;
		};
		Position position = start.position();
		if (position == null) {
			return new ReplaySource(null, false, start.lost(), from.maxEvents());
		}
		if (!log.isRetained(channel, position)) {
			return new ReplaySource(null, false, ResetReason.TRIMMED, from.maxEvents());
		}
		return new ReplaySource(position, start == client, null, 0);
	}

	/** Return what goes on from where the events came live so far. */
	static ReplaySource ofLive(Position position) {
		ReplaySource source = new ReplaySource(position, false, null, 0);
		source.joinedAt(position);
		return source;
	}

	/** The registration gets all that comes after a position, live or from the log. */
	void joinedAt(@Nullable Position position) {
		this.joinedAt = position;
	}

	@Nullable Position joinedAt() {
		return this.joinedAt;
	}

	/** Leave away the ids of history: the client has got later ones already. */
	void withoutIds() {
		this.withIds = false;
	}

	/** Return whether there is history to replay or a loss to tell. */
	boolean isNeeded() {
		return this.resumed != null || this.lost != null || this.newest > 0;
	}

	/** Find out where to begin. */
	void start(String channel, EventLog log) {
		if (this.resumed != null) {
			this.after = this.resumed;
		}
		else if (this.newest > 0) {
			this.after = beforeNewest(channel, log);
		}
		else if (this.lost == null) {
			this.after = this.joinedAt;
		}
		this.start = this.after;
	}

	/** Events that came since the registration are left out only if they are lost. */
	private Position beforeNewest(String channel, EventLog log) {
		Position newest = log.getStart(channel, this.newest);
		if (this.joinedAt == null || newest.compareTo(this.joinedAt) <= 0) {
			return newest;
		}
		if (log.isRetained(channel, this.joinedAt)) {
			return this.joinedAt;
		}
		this.lost = (this.lost != null) ? this.lost : ResetReason.TRIMMED;
		return log.getStart(channel, Integer.MAX_VALUE);
	}

	/** Return behind which event to read on, {@code null} if there is nothing to read. */
	@Nullable Position after() {
		return this.after;
	}

	/** An event was read. */
	void passed(Position position) {
		this.after = position;
	}

	/** Events are lost that should have been read. */
	void lose(ResetReason reason) {
		this.lost = reason;
		this.told = false;
		this.after = null;
		this.start = null;
	}

	/** Return whether the client has still to be told that events are lost. */
	boolean isUntold() {
		return this.lost != null && !this.told;
	}

	/**
	 * The client is told that events are lost, all up to a position. What comes after
	 * that is read: it may have a snapshot of before.
	 */
	ResetReason tell(Position position) {
		ResetReason reason = Objects.requireNonNull(this.lost, "Nothing is lost");
		this.told = true;
		if (this.after == null) {
			this.after = position;
			this.start = position;
		}
		this.replay.reset(reason);
		return reason;
	}

	/** Return whether an event was broadcast before the registration. */
	boolean isHistory(LogEntry entry) {
		return this.joinedAt == null || entry.position().compareTo(this.joinedAt) <= 0;
	}

	boolean carriesId(LogEntry entry) {
		return this.withIds || !isHistory(entry);
	}

	boolean isWithIds() {
		return this.withIds;
	}

	/** Return whether the client goes on from its own last event id. */
	boolean isOfClient() {
		return this.ofClient;
	}

	/** Return whether an event is among those that were read. */
	boolean isRead(LogEntry entry) {
		return this.start != null && entry.position().compareTo(this.start) > 0;
	}

	/** Return whether the client has no history of the channel and gets none. */
	boolean isNewcomer() {
		return this.lost != null || (this.resumed == null && this.newest == 0);
	}

	DefaultReplay replay() {
		return this.replay;
	}

}
