package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.List;

import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * Something that servers are measured at.
 */
interface Scenario {

	/** What it is called on the command line. */
	String name();

	/** What is done, in a sentence. */
	String title();

	/** What the ratios are of, where the results are not told otherwise. */
	default Metric compared() {
		return Metric.CPU;
	}

	/** Which servers are measured unless others are asked for. */
	List<String> servers();

	/** Of how many rounds the medians are, unless another number is asked for. */
	default int rounds() {
		return 3;
	}

	/**
	 * What is measured of these servers: they themselves, unless said otherwise.
	 * @param servers the servers
	 * @param jdks the homes of other JDKs than that of this process
	 */
	default List<ServerSpec> variants(List<ServerSpec> servers, List<Path> jdks) {
		return servers;
	}

	/**
	 * Measure a server that was just started.
	 * @throws UnavailableException if what else it takes cannot be had on this machine
	 */
	void measure(ServerProcess server, Results results) throws UnavailableException;

}
