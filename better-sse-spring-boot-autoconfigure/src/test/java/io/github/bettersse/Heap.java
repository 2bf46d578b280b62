package io.github.bettersse;

import java.lang.management.ManagementFactory;
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

	/** Wait until no more bytes than these are in use: garbage may take two rounds. */
	public static void awaitUsedAtMost(long bytes) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(Heap::used, (used) -> used <= bytes);
	}

}
