package io.github.bettersse.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of processes.
 */
public final class ProcessMemory {

	private ProcessMemory() {
	}

	/**
	 * Return what is resident: of several processes, what they share is counted once.
	 * @param pids the processes
	 * @return bytes
	 */
	public static long resident(List<Long> pids) {
		String key = (pids.size() == 1) ? "Rss:" : "Pss:";
		return pids.stream().mapToLong((pid) -> read(Path.of("/proc/" + pid + "/smaps_rollup"), key)).sum();
	}

	private static long read(Path file, String key) {
		try {
			return Files.readAllLines(file)
				.stream()
				.filter((line) -> line.startsWith(key))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
