package io.github.bettersse.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CPU time of processes. The kernel counts that of each thread in nanoseconds, and
 * that of a process in hundredths of a second; a thread that has ended is counted by the
 * latter only. So this is the sum of the former, unless the latter is greater. Not
 * thread-safe.
 */
public final class ProcessCpu {

	private static final long NANOS_PER_TICK = 10_000_000;

	private static final int USER_TICKS = 11;

	private static final int SYSTEM_TICKS = 12;

	private final List<Long> pids;

	private final Map<String, Long> threads = new HashMap<>();

	private final long threadsBefore;

	private final long userBefore;

	private final long systemBefore;

	/**
	 * Begin to measure.
	 * @param pids the processes
	 */
	public ProcessCpu(List<Long> pids) {
		this.pids = List.copyOf(pids);
		this.userBefore = ticks(USER_TICKS);
		this.systemBefore = ticks(SYSTEM_TICKS);
		this.threadsBefore = threads();
	}

	/**
	 * Return the CPU time since the begin.
	 * @return nanoseconds
	 */
	public long nanos() {
		long exact = threads() - this.threadsBefore;
		long coarse = userNanos() + systemNanos();
		// Two counters of whole ticks, each cut off at both ends
		return Math.max(exact, coarse - 2 * NANOS_PER_TICK);
	}

	/**
	 * Return how much of it was spent in programs.
	 * @return nanoseconds, to a hundredth of a second
	 */
	public long userNanos() {
		return (ticks(USER_TICKS) - this.userBefore) * NANOS_PER_TICK;
	}

	/**
	 * Return how much of it was spent in the kernel.
	 * @return nanoseconds, to a hundredth of a second
	 */
	public long systemNanos() {
		return (ticks(SYSTEM_TICKS) - this.systemBefore) * NANOS_PER_TICK;
	}

	private long threads() {
		for (long pid : this.pids) {
			try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
				tasks.forEach(this::readThread);
			}
			catch (IOException ex) {
				// It has ended; what it has used stays in the sum
			}
		}
		return this.threads.values().stream().mapToLong(Long::longValue).sum();
	}

	private void readThread(Path task) {
		try {
			String scheduled = Files.readString(task.resolve("schedstat"));
			this.threads.put(task.toString(), Long.parseLong(scheduled.substring(0, scheduled.indexOf(' '))));
		}
		catch (IOException ex) {
			// It has ended just now
		}
	}

	private long ticks(int column) {
		long sum = 0;
		for (long pid : this.pids) {
			try {
				String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
				// The name, in parentheses, may have blanks in it
				sum += Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[column]);
			}
			catch (IOException ex) {
				// It has ended
			}
		}
		return sum;
	}

}
