package io.github.bettersse.benchmarks.load;

import io.github.bettersse.benchmarks.server.Tick;

/**
 * Checks that one stream gets each event once and in order, and adds to the tally of all
 * streams. Not thread-safe.
 */
final class StreamCheck implements EventStreamParser.Events {

	private final Tally tally;

	/** Whether this stream is to get no event. */
	private final boolean excluded;

	/** Whether what this stream gets late is no part of what is measured. */
	private final boolean stalled;

	/** The number after that of the last event, and so of the one to come. */
	private long expected;

	private long missing;

	private long repeated;

	private long malformed;

	private long resets;

	StreamCheck(Tally tally, boolean excluded, boolean stalled) {
		this.tally = tally;
		this.excluded = excluded;
		this.stalled = stalled;
	}

	@Override
	public void tick(long sequence, long time) {
		if (this.excluded) {
			this.malformed++;
			return;
		}
		if (sequence < this.expected && !this.tally.isScattered()) {
			this.repeated++;
			return;
		}
		if (!this.tally.isScattered()) {
			this.missing += sequence - this.expected;
		}
		this.expected = sequence + 1;
		if (!this.stalled) {
			this.tally.delivered(sequence, Tick.between(time, this.tally.readAt()));
			if (this.expected == this.tally.count()) {
				this.tally.reachedEnd();
			}
		}
	}

	@Override
	public void malformed() {
		this.malformed++;
	}

	@Override
	public void reset() {
		this.resets++;
	}

	/** Return whether each event has come, once. */
	boolean isComplete() {
		return undelivered() == 0 && this.missing == 0 && this.repeated == 0;
	}

	/** How many have not come, of those that come after what has. */
	long undelivered() {
		boolean none = this.excluded || this.tally.isScattered();
		return none ? 0 : Math.max(0, this.tally.count() - this.expected);
	}

	long missing() {
		return this.missing;
	}

	long repeated() {
		return this.repeated;
	}

	long unwanted() {
		return this.malformed;
	}

	long resets() {
		return this.resets;
	}

}
