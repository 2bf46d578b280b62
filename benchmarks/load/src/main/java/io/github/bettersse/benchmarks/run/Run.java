package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * Measures servers at scenarios, each in a process of its own and one after the other,
 * and writes tables of medians and ratios. In each round all servers have their turn, so
 * that what else happens on the machine meets all of them.
 */
public final class Run {

	private final Settings settings;

	private final Path home;

	private Run(Settings settings, Path home) {
		this.settings = settings;
		this.home = home;
	}

	/**
	 * Measure what the arguments say.
	 * @param args see {@link Settings}
	 */
	public static void main(String[] args) {
		try {
			Run run = new Run(Settings.parse(args), Path.of(System.getProperty("benchmarks.home")).toAbsolutePath());
			run.settings.scenarios().forEach(run::measure);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	private void measure(String name) {
		if (!name.equals(Parts.NAME)) {
			measure(Scenarios.named(name));
			return;
		}
		try {
			report(name, "Single parts, by JMH.\n\n" + new Parts(this.home).measure());
		}
		catch (UnavailableException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private void measure(Scenario scenario) {
		List<String> names = this.settings.servers().isEmpty() ? scenario.servers() : this.settings.servers();
		List<ServerSpec> servers = new ArrayList<>(scenario
			.variants(names.stream().map(Servers::named).map(this::withHeap).toList(), this.settings.jdks()));
		Results results = new Results(scenario.compared());
		Rounds rounds = new Rounds((this.settings.repeat() > 0) ? this.settings.repeat() : scenario.rounds(), servers);
		for (int round = 1; round <= rounds.max(); round++) {
			for (ServerSpec server : List.copyOf(servers)) {
				if (rounds.of(server) < round) {
					continue;
				}
				System.err.printf("%s: %s, round %d of %d%n", scenario.name(), server.label(), round,
						rounds.of(server));
				try (ServerProcess process = ServerProcess.start(server, this.home)) {
					scenario.measure(process, results);
				}
				catch (UnavailableException ex) {
					results.note(server, String.valueOf(ex.getMessage()));
					servers.remove(server);
				}
			}
			// Not always the same one after the same other
			Collections.rotate(servers, 1);
		}
		report(scenario.name(), scenario.title() + "\n\n" + results.toMarkdown() + rounds + " ");
	}

	private ServerSpec withHeap(ServerSpec server) {
		return this.settings.heap().isEmpty() ? server : server.withHeap(this.settings.heap());
	}

	private void report(String name, String table) {
		String text = table + Machine.describe(this.home);
		Files.write(this.home.resolve("target/results/" + name + ".md"), text);
		System.out.println("\n" + text);
		if (this.settings.record()) {
			new Document(this.home.resolveSibling("docs/performance.md")).replace(name, text);
		}
	}

}
