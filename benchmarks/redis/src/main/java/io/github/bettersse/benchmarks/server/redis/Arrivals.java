package io.github.bettersse.benchmarks.server.redis;

import java.util.BitSet;

import io.github.bettersse.benchmarks.server.Tick;
import org.HdrHistogram.Histogram;

/**
 * What one node has got of a run. Written by the thread of the node; others may ask how
 * much has come, and then for the rest.
 */
final class Arrivals {

	/** In microseconds. */
	static final long GREATEST_LATENCY = 600_000_000;

	private final BitSet seen;

	private final Histogram latencies = new Histogram(GREATEST_LATENCY, 3);

	private int repeated;

	private volatile int count;

	Arrivals(int expected) {
		this.seen = new BitSet(expected);
	}

	void add(String data) {
		int comma = data.indexOf(',');
		int sequence = Integer.parseInt(data, 0, comma, 10);
		long time = Long.parseLong(data, comma + 1, data.indexOf(',', comma + 1), 10);
		if (this.seen.get(sequence)) {
			this.repeated++;
			return;
		}
		this.seen.set(sequence);
		this.latencies.recordValue(Math.min(Tick.between(time, Tick.now()), GREATEST_LATENCY));
		this.count++;
	}

	/** How many events have come. */
	int count() {
		return this.count;
	}

	int repeated() {
		return this.repeated;
	}

	Histogram latencies() {
		return this.latencies;
	}

}
