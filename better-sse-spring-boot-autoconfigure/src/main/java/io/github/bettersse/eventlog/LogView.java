package io.github.bettersse.eventlog;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.bettersse.event.EventId;
import org.jspecify.annotations.Nullable;

/**
 * What one node knows of a log: all that is retained, in memory, and who follows. It
 * answers whatever a log is asked without asking anybody else, so a log that lives
 * elsewhere only has to keep its view up to date. Thread-safe; every method waits only
 * while another one is at work, which none is for long.
 *
 * <pre>
 *   add          the next event
 *   skip         the next event, which cannot be read: whoever has followed its channel has lost it
 *   continueAt   a new epoch that goes on where the old one ended: positions stay valid
 *   restartAt    a new epoch with nothing in it: whoever has seen the old one has lost events
 *   replace      what is known is out of date: go on with what the log knows now
 * </pre>
 */
public final class LogView {

	private final ReentrantLock lock = new ReentrantLock();

	private final long maxSize;

	private final LongSupplier nanoTime;

	private final GivenIds givenIds = new GivenIds();

	private Histories histories;

	private Lineage lineage;

	private final LatestEntries latest = new LatestEntries();

	private volatile Position position;

	private volatile EventLog.@Nullable Follower follower;

	/**
	 * Create a view.
	 * @param contents what the log knows
	 * @param maxSize about how many bytes of memory all that is retained may take; beyond
	 * that the oldest events go first, of whatever channel
	 * @param nanoTime tells the age of events, as {@link System#nanoTime()} does
	 */
	public LogView(LogContents contents, long maxSize, LongSupplier nanoTime) {
		this.maxSize = maxSize;
		this.nanoTime = nanoTime;
		this.lineage = contents.lineage();
		this.histories = load(contents);
		this.position = contents.position();
	}

	private Histories load(LogContents contents) {
		Histories loaded = new Histories(this.maxSize, contents.lostOfOthers());
		contents.lost().forEach(loaded::lost);
		contents.retained()
			.forEach((retained) -> loaded.add(retained.entry(), retained.retention(),
					this.nanoTime.getAsLong() - retained.ageNanos()));
		contents.givenIds().forEach(this.givenIds::put);
		contents.latest().forEach(this.latest::add);
		return loaded;
	}

	/**
	 * Add the event after the newest one, and hand it to the follower.
	 * @param entry the event
	 * @param retention how much of its channel is retained
	 */
	public void add(LogEntry entry, Retention retention) {
		append((next) -> entry, retention);
	}

	/**
	 * Go on behind an event that cannot be read. It counts as lost, and the follower is
	 * told.
	 * @param position its position, the one after the newest
	 * @param channel its channel, {@code null} if that is not known: it may be any
	 */
	public void skip(Position position, @Nullable String channel) {
		locked(() -> {
			this.position = position;
			this.histories.lose(channel, position.sequence());
			if (this.follower != null) {
				this.follower.skipped(position, channel);
			}
			return position;
		});
	}

	/** Add an event that is made for its position. */
	Position append(Function<Position, LogEntry> event, Retention retention) {
		return locked(() -> {
			LogEntry entry = event.apply(this.position.next());
			this.position = entry.position();
			this.givenIds.put(entry);
			if (!retention.isNone()) {
				this.histories.add(entry, retention, this.nanoTime.getAsLong());
			}
			if (this.follower != null) {
				this.follower.accept(entry);
			}
			else {
				this.latest.add(entry);
			}
			return entry.position();
		});
	}

	/**
	 * Go on in a new epoch. What is retained stays, and so do positions.
	 * @param start the position before its first event, not before the newest one
	 */
	public void continueAt(Position start) {
		locked(() -> {
			this.lineage = this.lineage.continuedAt(start, this.position.sequence());
			return this.position = start;
		});
	}

	/**
	 * Begin a new epoch with nothing in it, and tell the follower that events are lost.
	 * @param start the position before its first event, not before the newest one
	 */
	public void restartAt(Position start) {
		replace(LogContents.startingAt(start));
	}

	/**
	 * Forget what is known, and go on with what the log knows now. The follower is given
	 * what is retained of the events that it has missed, and told what else it has.
	 * @param contents what the log knows, at a position not before the newest one here
	 */
	public void replace(LogContents contents) {
		locked(() -> {
			Position seen = this.position;
			this.lineage = contents.lineage();
			this.histories = load(contents);
			this.position = contents.position();
			EventLog.Follower follower = this.follower;
			if (follower != null) {
				this.latest.drainTo(follower::latest);
			}
			if (follower != null && !contents.contains(seen)) {
				follower.lost(this.position, (channel) -> true, ResetReason.FOREIGN_EPOCH);
			}
			else if (follower != null && seen.sequence() < this.position.sequence()) {
				long now = this.nanoTime.getAsLong();
				contents.after(seen)
					.filter((entry) -> this.histories.trimmed(entry.channel(), now) <= seen.sequence())
					.forEach(follower::accept);
				follower.lost(this.position, (channel) -> this.histories.trimmed(channel, now) > seen.sequence(),
						ResetReason.TRIMMED);
			}
			return this.position;
		});
	}

	/** Wait while the follower is behind with what it was given. */
	public void awaitRoom() {
		EventLog.Follower follower = this.follower;
		if (follower != null) {
			follower.awaitRoom();
		}
	}

	/**
	 * Hand on to the follower what a node has told.
	 * @param message what it has told
	 */
	public void tell(byte[] message) {
		locked(() -> {
			if (this.follower != null) {
				this.follower.told(message);
			}
			return message;
		});
	}

	/**
	 * Set who gets the events from now on.
	 * @param follower the one follower of this node
	 * @throws IllegalStateException if there is one already
	 */
	public void follow(EventLog.Follower follower) {
		locked(() -> {
			if (this.follower != null) {
				throw new IllegalStateException("The log has a follower already.");
			}
			this.latest.drainTo(follower::latest);
			return this.follower = follower;
		});
	}

	/**
	 * Return the position of the newest event.
	 * @return the position, as {@link EventLog#getPosition()}
	 */
	public Position getPosition() {
		return this.position;
	}

	/**
	 * Return what an id means that a client came with.
	 * @param eventId the id
	 * @return as {@link EventLog#resolve}
	 */
	public LogCursor resolve(String eventId) {
		return locked(() -> {
			if (!EventId.isPosition(eventId)) {
				Position given = this.givenIds.get(eventId);
				return (given != null) ? LogCursor.at(given) : LogCursor.lost(ResetReason.UNKNOWN);
			}
			return this.lineage.resolve(eventId, this.position);
		});
	}

	/**
	 * Remember the position of an id that the application gave.
	 * @param eventId the id
	 * @param position the position
	 */
	public void remember(String eventId, Position position) {
		locked(() -> {
			this.givenIds.put(eventId, position);
			return position;
		});
	}

	/**
	 * Return whether all events of a channel after a position are retained.
	 * @param channel the channel
	 * @param after the position
	 * @return as {@link EventLog#isRetained}
	 */
	public boolean isRetained(String channel, Position after) {
		return locked(() -> after.sequence() >= this.histories.trimmed(channel, this.nanoTime.getAsLong()));
	}

	/**
	 * Return from where to read the newest events of a channel.
	 * @param channel the channel
	 * @param maxEvents how many
	 * @return as {@link EventLog#getStart}
	 */
	public Position getStart(String channel, int maxEvents) {
		return locked(() -> this.position.at(this.histories.start(channel, maxEvents, this.nanoTime.getAsLong())));
	}

	/**
	 * Read what is retained of some channels.
	 * @param after by channel: the position after which to begin
	 * @param upTo the position of the last event to read
	 * @param maxSize about how many bytes to read
	 * @return as {@link EventLog#read}
	 */
	public LogPage read(Map<String, Position> after, Position upTo, long maxSize) {
		return locked(() -> this.histories.read(after, upTo.sequence(), maxSize, this.nanoTime.getAsLong()));
	}

	/**
	 * Return how much of a channel is retained.
	 * @param channel the channel
	 * @return as {@link EventLog#getRetained}
	 */
	public RetainedEvents getRetained(String channel) {
		return locked(() -> this.histories.retained(channel, this.nanoTime.getAsLong()));
	}

	/**
	 * Give back what is retained of a channel.
	 * @param channel the channel
	 * @param upTo the sequence of the newest event to give back
	 */
	public void forget(String channel, long upTo) {
		locked(() -> {
			this.histories.forget(channel, upTo);
			return channel;
		});
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
