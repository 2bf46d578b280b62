package io.github.bettersse.benchmarks.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Where and when something was measured.
 */
final class Machine {

	private Machine() {
	}

	/**
	 * Return a paragraph.
	 * @param home a directory of the repository
	 */
	static String describe(Path home) {
		return String.format(Locale.ROOT,
				"Measured on %s at commit %s: %d processors (%s), %d GB of memory, Linux %s, JDK %s. Clients and "
						+ "server share the processors.\n",
				LocalDate.now(ZoneOffset.UTC), commit(home), Runtime.getRuntime().availableProcessors(),
				value("/proc/cpuinfo", "model name"),
				Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024 / 1024,
				System.getProperty("os.version").replaceFirst("-.*", ""), Runtime.version());
	}

	private static String value(String file, String key) {
		try (var lines = Files.lines(Path.of(file))) {
			return lines.filter((line) -> line.startsWith(key))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("0");
		}
		catch (IOException ex) {
			return "0";
		}
	}

	private static String commit(Path home) {
		try {
			Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
				.directory(home.toFile())
				.start();
			return new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
