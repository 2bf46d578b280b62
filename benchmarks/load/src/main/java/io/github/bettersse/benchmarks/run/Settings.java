package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command was asked for.
 *
 * @param scenarios the names of the scenarios
 * @param servers the names of the servers, empty for those of each scenario
 * @param repeat how many rounds the medians are of, 0 for as many as usual
 * @param heap the heap of Java servers, {@code ""} for the usual
 * @param jdks the homes of other JDKs
 * @param record whether the tables go into the documentation
 */
record Settings(List<String> scenarios, List<String> servers, int repeat, String heap, List<Path> jdks,
		boolean record) {

	static final String USAGE = """
			usage: benchmarks/run [option...] scenario...
			  --servers a,b:n,... which servers to measure, instead of those that suit the scenario; a number
			                      of rounds after a colon is that of one server
			  --repeat n          the number of rounds that medians are taken of; 3 unless said, 5 for slow
			  --heap size         the greatest heap of Java servers; 2g unless said
			  --jdk home          another JDK to measure with, may be repeated; for the scenario jdk
			  --record            write the tables into docs/performance.md too
			scenarios: all, parts, %s
			servers: %s
			""";

	static Settings parse(String[] args) {
		List<String> scenarios = new ArrayList<>();
		List<String> servers = new ArrayList<>();
		List<Path> jdks = new ArrayList<>();
		int repeat = 0;
		String heap = "";
		boolean record = false;
		for (int i = 0; i < args.length; i++) {
			switch (args[i]) {
				case "--servers" -> servers.addAll(List.of(value(args, ++i).split(",")));
				case "--repeat" -> repeat = Integer.parseInt(value(args, ++i));
				case "--heap" -> heap = value(args, ++i);
				case "--jdk" -> jdks.add(Path.of(value(args, ++i)));
				case "--record" -> record = true;
				case "all" -> scenarios.addAll(List.of((Parts.NAME + ", " + Scenarios.names()).split(", ")));
				default -> scenarios.add(args[i]);
			}
		}
		if (scenarios.isEmpty() || scenarios.stream().anyMatch((name) -> name.startsWith("-"))) {
			throw new IllegalArgumentException(String.format(USAGE, Scenarios.names(), Servers.names()));
		}
		return new Settings(scenarios, servers, repeat, heap, jdks, record);
	}

	private static String value(String[] args, int index) {
		if (index == args.length) {
			throw new IllegalArgumentException(args[index - 1] + " needs a value");
		}
		return args[index];
	}

}
