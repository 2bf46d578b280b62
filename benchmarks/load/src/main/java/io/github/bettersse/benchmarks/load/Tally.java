package io.github.bettersse.benchmarks.load;

import java.util.Arrays;
import java.util.BitSet;

import io.github.bettersse.benchmarks.server.Tick;
import org.HdrHistogram.Histogram;

/**
 * What all streams of a run have got together. Not thread-safe.
 */
final class Tally {

	private static final long GREATEST_LATENCY = 600_000_000;

	private final int count;

	/** For events of which each goes to one stream only. */
	private final BitSet scattered;

	private final boolean isScattered;

	private final Histogram latencies = new Histogram(GREATEST_LATENCY, 3);

	/** By number of an event: the latency at the last stream that has got it. */
	private final long[] fanOut;

	private long deliveries;

	private long lastDelivery;

	private int streamsAtEnd;

	private long readAt;

	private long readAtNanos;

	private long repeated;

	Tally(int count, boolean isScattered) {
		this.count = count;
		this.isScattered = isScattered;
		this.scattered = new BitSet(isScattered ? count : 0);
		this.fanOut = new long[count];
	}

	/** Remember the time: one reading of the clock for all events of one read. */
	void read() {
		this.readAt = Tick.now();
		this.readAtNanos = System.nanoTime();
	}

	long readAt() {
		return this.readAt;
	}

	void delivered(long sequence, long latency) {
		if (this.isScattered) {
			if (this.scattered.get((int) sequence)) {
				this.repeated++;
				return;
			}
			this.scattered.set((int) sequence);
		}
		this.deliveries++;
		this.lastDelivery = this.readAtNanos;
		this.latencies.recordValue(Math.min(latency, GREATEST_LATENCY));
		if (sequence < this.count) {
			this.fanOut[(int) sequence] = Math.max(this.fanOut[(int) sequence], latency);
		}
	}

	void reachedEnd() {
		this.streamsAtEnd++;
	}

	int streamsAtEnd() {
		return this.streamsAtEnd;
	}

	int count() {
		return this.count;
	}

	boolean isScattered() {
		return this.isScattered;
	}

	long deliveries() {
		return this.deliveries;
	}

	long repeated() {
		return this.repeated;
	}

	/** The time of {@link System#nanoTime()}. */
	long lastDelivery() {
		return this.lastDelivery;
	}

	Histogram latencies() {
		return this.latencies;
	}

	/**
	 * Return the median and the greatest of the times that events took to all streams.
	 */
	long[] fanOut() {
		long[] sorted = this.fanOut.clone();
		Arrays.sort(sorted);
		return (this.count == 0) ? new long[2] : new long[] { sorted[this.count / 2], sorted[this.count - 1] };
	}

}
