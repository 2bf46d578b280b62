package io.github.bettersse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many bytes the live objects of this JVM take.
 *
 * @param total those of all classes
 * @param byClass those of each class
 */
public record ClassHistogram(long total, Map<String, Long> byClass) {

	/** What newer JVMs fill gaps with that they have not closed. */
	private static final String FILLER = "jdk.internal.vm.Filler";

	/**
	 * Take one; that collects garbage first. By a file: this JVM stands still until jcmd
	 * has written all, so it must not be the one that reads it.
	 */
	public static ClassHistogram take() throws IOException, InterruptedException {
		Path file = Files.createTempFile("histogram", ".txt");
		try {
			Process jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd",
					Long.toString(ProcessHandle.current().pid()), "GC.class_histogram")
				.redirectOutput(file.toFile())
				.start();
			assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
			return parse(Files.readAllLines(file));
		}
		finally {
			Files.delete(file);
		}
	}

	private static ClassHistogram parse(List<String> lines) {
		Map<String, Long> byClass = new HashMap<>();
		for (String line : lines) {
			String[] columns = line.strip().split(" +");
			if (columns[0].endsWith(":") && columns.length > 3 && !columns[3].contains(FILLER)) {
				byClass.merge(columns[3], Long.valueOf(columns[2]), Long::sum);
			}
		}
		assertThat(lines.get(lines.size() - 1)).startsWith("Total");
		return new ClassHistogram(byClass.values().stream().mapToLong(Long::longValue).sum(), byClass);
	}

}
