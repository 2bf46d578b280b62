package io.github.bettersse.benchmarks.server.redis;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.bettersse.benchmarks.server.Tick;
import org.HdrHistogram.Histogram;

/**
 * Events from all nodes in turn, until each node has each of them. For one thread, but
 * for what the nodes get.
 */
final class BroadcastRun {

	/** So many events may be on their way; further ones wait. */
	private static final int MAX_IN_FLIGHT = 1024;

	private static final long PAUSE_NANOS = 10_000;

	private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final int count;

	private final List<Arrivals> arrivals;

	BroadcastRun(int count) {
		this.count = count;
		this.arrivals = IntStream.range(0, Nodes.COUNT).mapToObj((node) -> new Arrivals(count)).toList();
	}

	void received(int node, String data) {
		this.arrivals.get(node).add(data);
	}

	/**
	 * Send the events.
	 * @param size the bytes of each
	 * @param rate the events a second, 0 for as fast as can be
	 * @return how many nanoseconds it took until all had come, or no more came
	 */
	long run(Nodes nodes, int size, int rate) {
		long start = System.nanoTime();
		for (int i = 0; i < this.count; i++) {
			long late = 0;
			if (rate > 0) {
				late = awaitTime(start + i * 1_000_000_000L / rate);
			}
			else {
				awaitArrivals(i - MAX_IN_FLIGHT);
			}
			long time = Math.floorMod(Tick.now() - late, Tick.CLOCK_MODULUS);
			nodes.broadcast(i % Nodes.COUNT, Tick.data(i, time, size));
		}
		awaitArrivals(this.count);
		return System.nanoTime() - start;
	}

	/**
	 * Wait until an event is due.
	 * @return by how many microseconds it is late because the one before took so long;
	 * not by how much the timer is
	 */
	private static long awaitTime(long due) {
		long left = due - System.nanoTime();
		long late = Math.max(0, -left) / 1000;
		while (left > 0) {
			LockSupport.parkNanos(left);
			left = due - System.nanoTime();
		}
		return late;
	}

	/** Wait until each node has so many, but not for ever. */
	private void awaitArrivals(int expected) {
		long start = System.nanoTime();
		while (this.arrivals.stream().anyMatch((node) -> node.count() < expected)
				&& System.nanoTime() - start < MAX_WAIT_NANOS) {
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	/** How many are missing or came twice, over all nodes. */
	long wrong() {
		return this.arrivals.stream().mapToLong((node) -> this.count - node.count() + node.repeated()).sum();
	}

	/** Microseconds from when an event was due until a node had it, over all nodes. */
	Histogram latencies() {
		Histogram all = new Histogram(Arrivals.GREATEST_LATENCY, 3);
		this.arrivals.forEach((node) -> all.add(node.latencies()));
		return all;
	}

}
