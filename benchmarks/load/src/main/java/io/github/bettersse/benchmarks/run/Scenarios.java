package io.github.bettersse.benchmarks.run;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.bettersse.benchmarks.run.BroadcastScenario.Case;

/**
 * All scenarios.
 */
final class Scenarios {

	private static final List<String> OURS = List.of("tomcat", "jetty");

	private static final List<String> BESIDE_PEERS = List.of("tomcat", "jetty", "raw-c", "nchan", "better-sse-node",
			"webflux", "sse-emitter");

	private static final List<String> BESIDE_ALL_PEERS = Stream.concat(BESIDE_PEERS.stream(), Stream.of("sse-eventbus"))
		.toList();

	private static final List<Scenario> ALL = List.of(
			new BroadcastScenario("quick", "A first look: less is sent, once.", BESIDE_PEERS, Variants.NONE, 1,
					List.of(Case.burst(1000, 100, 100), Case.paced(2000, 30, 100, 10))),
			BroadcastScenario.of("burst", "100 events as fast as can be.", BESIDE_ALL_PEERS, Case.burst(1000, 100, 100),
					Case.burst(10_000, 100, 100)),
			BroadcastScenario
				.of("paced", "10 events a second for 10 seconds.", BESIDE_PEERS, Case.paced(10_000, 100, 100, 10)),
			new IdleScenario(10_000), new PushScenario(10_000),
			BroadcastScenario.of("max",
					"As many sessions as there may be file descriptors, opened, fed and closed with 2 GB of heap, and "
							+ "fewer, to see whether the cost of a delivery stays the same.",
					OURS, Case.burst(100, 100, 100), Case.burst(1000, 100, 100), Case.burst(5000, 100, 100),
					Case.burst(10_000, 100, 100), Case.burst(19_900, 100, 100), Case.paced(19_900, 50, 100, 5)),
			new SlowScenario(200, 10, 6000), new ChurnScenario(10, 1000),
			BroadcastScenario.of("sizes", "Events of different sizes.",
					List.of("tomcat", "jetty", "raw", "sse-emitter"), Case.burst(1000, 100, 16),
					Case.burst(1000, 100, 100), Case.burst(1000, 100, 1024), Case.burst(1000, 50, 8 * 1024),
					Case.burst(1000, 20, 64 * 1024)),
			BroadcastScenario.of("channels", "The same number of sessions in few channels and in many.", OURS,
					channels(1), channels(100), channels(10_000)),
			BroadcastScenario.of("filters", "A predicate that is asked for each session and event.", OURS,
					Case.burst(10_000, 100, 100), filtered(1), filtered(2)),
			new BroadcastScenario("history", "Channels with history and without.", OURS, Variants.HISTORY, 3,
					List.of(Case.burst(10_000, 100, 100), Case.paced(10_000, 50, 100, 10))),
			new BroadcastScenario("features", "What is on by default, switched off.", List.of("tomcat"),
					Variants.FEATURES, 3, List.of(Case.burst(10_000, 100, 100), Case.paced(10_000, 50, 100, 10))),
			new Http2Scenario(1000),
			new BroadcastScenario("jdk", "On several JDKs.", OURS, Variants.JDKS, 3,
					List.of(Case.burst(10_000, 100, 100), Case.paced(10_000, 50, 100, 10))),
			new BroadcastScenario("collectors", "With G1, and with another garbage collector.",
					List.of("tomcat", "jetty", "webflux"), Variants.COLLECTORS, 3,
					List.of(Case.paced(10_000, 50, 100, 10))),
			new ClusterScenario());

	private Scenarios() {
	}

	private static Case channels(int count) {
		return Case.burst(10_000, 20, 100)
			.with(String.format(", %,d channels", count),
					(options) -> options.withPaths((stream) -> "/sse?channel=" + stream % count, (stream) -> false)
						.withTrigger("/broadcast?channels=" + count + "&"));
	}

	/** One of so many sessions gets the events. */
	private static Case filtered(int oneOf) {
		return Case.burst(10_000, 100, 100)
			.with(", predicate, accepted by one of " + oneOf,
					(options) -> options
						.withPaths((stream) -> "/sse?selected=" + (stream % oneOf == 0),
								(stream) -> stream % oneOf != 0)
						.withTrigger("/broadcast?filter=true&"));
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
