package io.github.bettersse;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * All delivery threads. Thread-safe.
 */
final class DeliveryShards implements AutoCloseable {

	private final List<DeliveryShard> shards;

	private final AtomicInteger next = new AtomicInteger();

	DeliveryShards(int count) {
		this.shards = IntStream.range(0, count).mapToObj(DeliveryShard::new).toList();
	}

	/** Return the shard for a new session, each in turn. */
	DeliveryShard next() {
		return this.shards.get(Math.floorMod(this.next.getAndIncrement(), this.shards.size()));
	}

	int size() {
		return this.shards.size();
	}

	/** Return how many threads run. */
	int aliveCount() {
		return (int) this.shards.stream().filter(DeliveryShard::isAlive).count();
	}

	DeliveryShard get(int index) {
		return this.shards.get(index);
	}

	@Override
	public void close() {
		this.shards.forEach(DeliveryShard::close);
	}

}
