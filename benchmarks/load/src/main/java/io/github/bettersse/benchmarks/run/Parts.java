package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * Single parts of the library, measured by JMH in processes of its own.
 *
 * @param home the directory of the benchmarks
 */
record Parts(Path home) {

	static final String NAME = "parts";

	/** What a part is compared with. */
	private static final Map<String, String> MEASURES = Map.of("EventEncoderBenchmark.jacksonAndFrame",
			"EventEncoderBenchmark.jackson", "EventEncoderBenchmark.frame", "EventEncoderBenchmark.jackson",
			"EventEncoderBenchmark.linesOfText", "EventEncoderBenchmark.utf8OfText",
			"EventEncoderBenchmark.linesOfLatinText", "EventEncoderBenchmark.utf8OfLatinText",
			"EventEncoderBenchmark.linesOfWideText", "EventEncoderBenchmark.utf8OfWideText",
			"EventEncoderBenchmark.utf8OfText", "EventEncoderBenchmark.copyOfText");

	/** Measure, and return a table. */
	String measure() throws UnavailableException {
		Path target = this.home.resolve("jmh/target");
		Path csv = target.resolve("jmh.csv");
		String classPath = target.resolve("classes") + ":" + Files.read(target.resolve("class-path"));
		Tool.run(this.home, Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m", "-cp",
				classPath, "org.openjdk.jmh.Main", "-rf", "csv", "-rff", csv.toString());
		return toMarkdown(Files.read(csv));
	}

	static String toMarkdown(String csv) {
		Map<String, double[]> scores = new LinkedHashMap<>();
		csv.lines().skip(1).forEach((line) -> {
			String[] columns = line.replace("\"", "").split(",");
			String name = columns[0].replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
			scores.put(name, new double[] { Double.parseDouble(columns[4]), Double.parseDouble(columns[5]) });
		});
		StringBuilder markdown = new StringBuilder("| part | ns | ± | ÷ | of |\n| --- | ---: | ---: | ---: | --- |\n");
		scores.forEach((name, score) -> {
			String measure = MEASURES.get(name);
			double[] other = scores.get(measure);
			String ratio = (other != null) ? String.format(Locale.ROOT, "%.2f", score[0] / other[0]) : "";
			markdown.append(String.format(Locale.ROOT, "| %s | %,.1f | %,.1f | %s | %s |%n", name, score[0], score[1],
					ratio, (other != null) ? measure.replaceFirst(".*\\.", "") : ""));
		});
		return markdown.append('\n').toString();
	}

}
