package io.github.bettersse.benchmarks.run;

import java.util.List;

/**
 * Something that servers are measured at.
 */
interface Scenario {

	/** What it is called on the command line. */
	String name();

	/** What is done, in a sentence. */
	String title();

	/** What the ratios are of. */
	default Metric compared() {
		return Metric.CPU;
	}

	/** Which servers are measured unless others are asked for. */
	default List<String> servers() {
		return List.of("tomcat", "jetty", "raw-c", "raw", "nchan", "better-sse-node", "webflux", "sse-emitter");
	}

	/** The variants of these servers that are measured, by default they themselves. */
	default List<ServerSpec> variants(List<ServerSpec> servers) {
		return servers;
	}

	/** Measure a server that was just started. */
	void measure(ServerProcess server, Results results);

}
