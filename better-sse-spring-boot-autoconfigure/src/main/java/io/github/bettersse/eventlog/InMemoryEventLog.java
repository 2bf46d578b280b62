package io.github.bettersse.eventlog;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.bettersse.event.EventId;
import org.jspecify.annotations.Nullable;

/**
 * The log of one node: a sequence under a lock, and a ring of events for each channel
 * that keeps history. Its epoch is new with each instance. Thread-safe; every method
 * waits only while another one is at work, which none is for long.
 */
public final class InMemoryEventLog implements EventLog {

	private static final long DEFAULT_MAX_SIZE = 64 * 1024 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final LongSupplier nanoTime;

	private final Histories histories;

	private final GivenIds givenIds = new GivenIds();

	private volatile Position position = Position.newEpoch();

	private @Nullable Consumer<LogEntry> follower;

	/**
	 * Create a log that retains about 64 MB at most.
	 */
	public InMemoryEventLog() {
		this(DEFAULT_MAX_SIZE);
	}

	/**
	 * Create a log.
	 * @param maxSize about how many bytes of memory all that is retained may take; beyond
	 * that the oldest events go first, of whatever channel
	 */
	public InMemoryEventLog(long maxSize) {
		this(maxSize, System::nanoTime);
	}

	/**
	 * Create a log with a clock of its own.
	 * @param maxSize about how many bytes of memory all that is retained may take
	 * @param nanoTime tells the age of events, as {@link System#nanoTime()} does
	 */
	public InMemoryEventLog(long maxSize, LongSupplier nanoTime) {
		this.histories = new Histories(maxSize);
		this.nanoTime = nanoTime;
	}

	@Override
	public CompletableFuture<Position> append(LogEvent event) {
		return CompletableFuture.completedFuture(locked(() -> {
			Position next = this.position.next();
			LogEntry entry = event.at(next);
			this.position = next;
			String id = event.event().getId();
			if (id != null && !id.isEmpty()) {
				this.givenIds.put(id, next);
			}
			if (!event.retention().isNone()) {
				this.histories.add(entry, event.retention(), this.nanoTime.getAsLong());
			}
			if (this.follower != null) {
				this.follower.accept(entry);
			}
			return next;
		}));
	}

	@Override
	public void follow(Consumer<LogEntry> follower) {
		locked(() -> {
			if (this.follower != null) {
				throw new IllegalStateException("The log has a follower already.");
			}
			return this.follower = follower;
		});
	}

	@Override
	public Position getPosition() {
		return this.position;
	}

	@Override
	public LogCursor resolve(String eventId) {
		if (!EventId.isPosition(eventId)) {
			Position given = locked(() -> this.givenIds.get(eventId));
			return (given != null) ? LogCursor.at(given) : LogCursor.lost(ResetReason.UNKNOWN);
		}
		Position newest = this.position;
		Position parsed;
		try {
			parsed = Position.parse(eventId);
		}
		catch (NumberFormatException ex) {
			// More digits than any sequence has
			return LogCursor.lost(ResetReason.MALFORMED);
		}
		if (!parsed.epoch().equals(newest.epoch())) {
			return LogCursor.lost(ResetReason.FOREIGN_EPOCH);
		}
		return (parsed.compareTo(newest) <= 0) ? LogCursor.at(parsed) : LogCursor.lost(ResetReason.FORGED);
	}

	@Override
	public void remember(String eventId, Position position) {
		locked(() -> {
			this.givenIds.put(eventId, position);
			return position;
		});
	}

	@Override
	public boolean isRetained(String channel, Position after) {
		return locked(() -> after.sequence() >= this.histories.trimmed(channel, this.nanoTime.getAsLong()));
	}

	@Override
	public Position getStart(String channel, int maxEvents) {
		return locked(() -> this.position.at(this.histories.start(channel, maxEvents, this.nanoTime.getAsLong())));
	}

	@Override
	public LogPage read(Map<String, Position> after, Position upTo, long maxSize) {
		return locked(() -> this.histories.read(after, upTo.sequence(), maxSize, this.nanoTime.getAsLong()));
	}

	@Override
	public RetainedEvents getRetained(String channel) {
		return locked(() -> this.histories.retained(channel, this.nanoTime.getAsLong()));
	}

	@Override
	public void forget(String channel) {
		locked(() -> {
			this.histories.forget(channel);
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
