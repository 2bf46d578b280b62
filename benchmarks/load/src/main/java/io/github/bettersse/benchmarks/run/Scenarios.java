package io.github.bettersse.benchmarks.run;

import java.util.List;
import java.util.stream.Collectors;

import io.github.bettersse.benchmarks.run.BroadcastScenario.Case;

/**
 * All scenarios.
 */
final class Scenarios {

	private static final List<Scenario> ALL = List.of(
			new BroadcastScenario("burst", "100 events as fast as can be.",
					List.of(new Case(1000, 100, 100, 0), new Case(10_000, 100, 100, 0))),
			new BroadcastScenario("paced", "10 events a second for 10 seconds.",
					List.of(new Case(10_000, 100, 100, 10))),
			new IdleScenario(10_000));

	private Scenarios() {
	}

	static Scenario named(String name) {
		return ALL.stream()
			.filter((scenario) -> scenario.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No scenario " + name + "; there are " + names()));
	}

	static String names() {
		return ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
	}

}
