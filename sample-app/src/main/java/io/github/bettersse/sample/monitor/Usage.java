package io.github.bettersse.sample.monitor;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;

import com.sun.management.OperatingSystemMXBean;

/**
 * What the JVM uses.
 *
 * @param time when it was measured
 * @param cpu share of all processors, from 0 to 1
 * @param memory bytes of the heap in use
 * @param maxMemory bytes that the heap may have
 */
record Usage(Instant time, double cpu, long memory, long maxMemory) {

	private static final OperatingSystemMXBean system = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	static Usage now() {
		MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
		// Negative until the JVM has something to compare with
		double cpu = Math.max(0, system.getProcessCpuLoad());
		return new Usage(Instant.now(), cpu, heap.getUsed(), heap.getMax());
	}

}
