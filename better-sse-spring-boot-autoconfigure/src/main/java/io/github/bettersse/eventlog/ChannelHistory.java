package io.github.bettersse.eventlog;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The retained events of one channel: a ring that grows as far as its limits let it.
 * Under the lock of its log.
 */
final class ChannelHistory {

	private static final int INITIAL_CAPACITY = 8;

	/** Added to each event's bytes: about what its objects take. */
	private static final int OVERHEAD = 128;

	private @Nullable Retained[] ring = new Retained[INITIAL_CAPACITY];

	private int head;

	private int count;

	/** The bytes on the wire. */
	private long size;

	private Retention retention = Retention.NONE;

	/** The sequence of the newest event that is not retained any more. */
	private long trimmed;

	/** The sequence of the newest event. */
	private long newest;

	private record Retained(LogEntry entry, long since) {
	}

	ChannelHistory(long trimmed) {
		this.trimmed = trimmed;
		this.newest = trimmed;
	}

	/** Add an event, and let go what is too much then. */
	void add(LogEntry entry, Retention retention, long now) {
		if (this.count == this.ring.length) {
			grow();
		}
		this.ring[index(this.count++)] = new Retained(entry, now);
		this.size += entry.frame().size();
		this.newest = entry.position().sequence();
		this.retention = retention;
		trim(now);
	}

	private void grow() {
		@Nullable Retained[] larger = Arrays.copyOfRange(this.ring, this.head, this.head + this.ring.length * 2);
		System.arraycopy(this.ring, 0, larger, this.ring.length - this.head, this.head);
		this.ring = larger;
		this.head = 0;
	}

	/** Let go what is too much or too old. */
	void trim(long now) {
		while (this.count > 0 && (isTooMuch() || isTooOld(now))) {
			removeOldest();
		}
	}

	private boolean isTooMuch() {
		return this.count > 1 && ((this.retention.maxEvents() > 0 && this.count > this.retention.maxEvents())
				|| (this.retention.maxSize() > 0 && this.size > this.retention.maxSize()));
	}

	private boolean isTooOld(long now) {
		return !this.retention.maxAge().isZero() && now - at(0).since() > this.retention.maxAge().toNanos();
	}

	void removeOldest() {
		LogEntry oldest = get(0);
		this.ring[this.head] = null;
		this.head = index(1);
		this.count--;
		this.size -= oldest.frame().size();
		this.trimmed = oldest.position().sequence();
	}

	private int index(int offset) {
		return (this.head + offset) % this.ring.length;
	}

	int count() {
		return this.count;
	}

	/** Return the event at a place, the oldest at 0. */
	LogEntry get(int place) {
		return at(place).entry();
	}

	private Retained at(int place) {
		return Objects.requireNonNull(this.ring[index(place)]);
	}

	/** Return the place of the first event after a position. */
	int placeAfter(long sequence) {
		int low = 0;
		int high = this.count;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (get(middle).position().sequence() <= sequence) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/** Return about how many bytes of memory this takes. */
	long footprint() {
		return this.size + (long) OVERHEAD * this.count;
	}

	RetainedEvents retained() {
		return (this.count > 0)
				? new RetainedEvents(this.count, this.size, get(0).position(), get(this.count - 1).position())
				: RetainedEvents.NONE;
	}

	long trimmed() {
		return this.trimmed;
	}

	long newest() {
		return this.newest;
	}

}
