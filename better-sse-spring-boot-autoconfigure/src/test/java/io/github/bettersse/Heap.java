package io.github.bettersse;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * How much memory is in use.
 */
public final class Heap {

	private Heap() {
	}

	/** Return how many bytes are in use after garbage was collected. */
	public static long used() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Collect garbage, and return how many bytes were in use right after that, on the
	 * heap and in buffers outside: without what other threads have taken meanwhile.
	 */
	public static long liveWithDirectBuffers() {
		System.gc();
		long live = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.mapToLong((pool) -> pool.getCollectionUsage().getUsed())
			.sum();
		return live + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	/** Wait until no more bytes than these are in use: garbage may take two rounds. */
	public static void awaitUsedAtMost(long bytes) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(Heap::used, (used) -> used <= bytes);
	}

}
