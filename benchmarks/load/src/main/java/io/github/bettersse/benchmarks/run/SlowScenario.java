package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.bettersse.benchmarks.load.LoadOptions;
import io.github.bettersse.benchmarks.run.SlowTrial.Fate;

/**
 * Some clients do not read, and everyone else must not notice.
 *
 * @param sessions how many there are
 * @param stalled how many of them do not read
 * @param count the number of events, more than fit into the buffers of a socket
 */
record SlowScenario(int sessions, int stalled, int count) implements Scenario {

	private static final int SIZE = 1024;

	private static final String DROP_OLDEST = " drop-oldest";

	private static final String KEEP_LATEST = " keep-latest";

	private static final String HISTORY = " history";

	private static final String MEMORY = "memory at its peak, garbage being collected over and over";

	@Override
	public String name() {
		return "slow";
	}

	@Override
	public String title() {
		return String.format(Locale.ROOT,
				"%d sessions, %d of which do not read, and %,d events of 1 KB as fast as can be. A run ends %d s after "
						+ "its begin at the latest. Memory is heap after a collection and direct buffers for Java, RSS "
						+ "for others; its growth is that up to when those that read have all.",
				this.sessions, this.stalled, this.count, SlowTrial.LIMIT.toSeconds());
	}

	@Override
	public Metric compared() {
		return Metric.SECONDS;
	}

	/** Those that stand still, or nearly so, do it each time. */
	@Override
	public List<String> servers() {
		return List.of("tomcat", "jetty", "webflux:1", "sse-emitter:1");
	}

	/** The ratio of two latencies wants more than the others. */
	@Override
	public int rounds() {
		return 5;
	}

	@Override
	public List<ServerSpec> variants(List<ServerSpec> servers, List<Path> jdks) {
		return servers.stream().flatMap(SlowScenario::variants).toList();
	}

	private static Stream<ServerSpec> variants(ServerSpec server) {
		if (!server.ours()) {
			return Stream.of(server);
		}
		return Stream.of(server, server.variant(DROP_OLDEST, List.of("--better-sse.send-queue.overflow=drop-oldest")),
				server.variant(KEEP_LATEST, List.of("--better-sse.send-queue.overflow=keep-latest")),
				server.variant(HISTORY, List.of("--better-sse.history.max-events=100000")));
	}

	private static Fate fate(ServerSpec server) {
		boolean drops = server.label().endsWith(DROP_OLDEST) || server.label().endsWith(KEEP_LATEST);
		return drops ? Fate.LOSES_EVENTS : Fate.ENDS;
	}

	@Override
	public void measure(ServerProcess server, Results results) {
		ServerSpec spec = server.spec();
		SlowTrial trial = new SlowTrial(server, fate(spec));
		boolean history = spec.label().endsWith(HISTORY);
		LoadOptions healthy = new Trial(server).broadcast(this.sessions, this.count, SIZE, 0)
			.withTimeout(SlowTrial.LIMIT);
		LoadOptions slow = healthy.withStalled(this.stalled);
		if (server.isJava()) {
			results.compare(MEMORY);
			// First, so that what comes then is warm
			results.add(MEMORY, spec, trial.peaks(healthy, slow));
		}
		else {
			new Trial(server).warmUp(1);
		}
		Sample before = trial.run(healthy);
		results.add("nobody is slow", spec, before);
		Sample after = trial.run(history ? slow.withResume(0) : slow);
		results.add(this.stalled + " of " + this.sessions + " do not read", spec, after);
		Double p99Before = before.get(Metric.P99);
		Double p99After = after.get(Metric.P99);
		if (before.isOk() && after.isOk() && p99Before != null && p99After != null) {
			after.with(Metric.P99_RATIO, p99After / p99Before);
		}
		if (history) {
			results.add(this.stalled + " do not read, and 10 % of the others reconnect each second", spec,
					trial.run(slow.withResume(0.1)));
		}
	}

}
