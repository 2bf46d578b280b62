package io.github.bettersse.benchmarks.run;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How often each server is measured. Immutable.
 *
 * @param usual how often, unless a server has a number of its own
 * @param servers all that are measured
 */
record Rounds(int usual, List<ServerSpec> servers) {

	Rounds {
		servers = List.copyOf(servers);
	}

	int of(ServerSpec server) {
		return (server.rounds() > 0) ? server.rounds() : this.usual;
	}

	int max() {
		return this.servers.stream().mapToInt(this::of).max().orElse(0);
	}

	/** Return a sentence. */
	@Override
	public String toString() {
		return this.servers.stream()
			.filter((server) -> of(server) != max())
			.map((server) -> ", of " + of(server) + " for " + server.label())
			.collect(Collectors.joining("", "Medians of " + max(), "."));
	}

}
