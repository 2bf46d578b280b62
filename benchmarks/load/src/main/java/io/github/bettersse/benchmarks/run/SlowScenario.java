package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.bettersse.benchmarks.load.LoadClient;
import io.github.bettersse.benchmarks.load.LoadOptions;
import io.github.bettersse.benchmarks.process.ProcessMemory;

/**
 * Some clients do not read, and everyone else must not notice.
 *
 * @param sessions how many there are
 * @param stalled how many of them do not read
 * @param count the number of events, more than fit into the buffers of a socket
 */
record SlowScenario(int sessions, int stalled, int count) implements Scenario {

	private static final int SIZE = 1024;

	private static final String HISTORY = "--better-sse.history.max-events=100000";

	private static final Duration TIMEOUT = Duration.ofSeconds(40);

	@Override
	public String name() {
		return "slow";
	}

	@Override
	public String title() {
		return String.format(Locale.ROOT,
				"%d sessions, %d of which do not read, and %,d events of 1 KB as fast as can be. Memory is heap after "
						+ "a collection and direct buffers for Java, RSS for others.",
				this.sessions, this.stalled, this.count);
	}

	@Override
	public Metric compared() {
		return Metric.SECONDS;
	}

	@Override
	public List<String> servers() {
		return List.of("tomcat", "jetty", "raw", "nchan", "webflux", "sse-emitter");
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
		return Stream.of(server,
				server.variant(" drop-oldest", List.of("--better-sse.send-queue.overflow=drop-oldest")),
				server.variant(" keep-latest", List.of("--better-sse.send-queue.overflow=keep-latest")),
				server.variant(" history", List.of(HISTORY)));
	}

	@Override
	public void measure(ServerProcess server, Results results) {
		Trial trial = new Trial(server);
		trial.warmUp();
		LoadOptions options = trial.broadcast(this.sessions, this.count, SIZE, 0).withTimeout(TIMEOUT);
		boolean history = server.spec().label().endsWith(" history");
		Sample healthy = run(server, options, results, "nobody is slow");
		options = options.withStalled(this.stalled);
		Sample slow = run(server, history ? options.withResume(0) : options, results,
				this.stalled + " of " + this.sessions + " do not read");
		Double before = healthy.get(Metric.P99);
		Double after = slow.get(Metric.P99);
		if (before != null && after != null) {
			slow.with(Metric.P99_RATIO, after / before);
		}
		if (history) {
			run(server, options.withResume(0.1), results,
					this.stalled + " do not read, and 10 % of the others reconnect each second");
		}
	}

	private static Sample run(ServerProcess server, LoadOptions options, Results results, String name) {
		Trial trial = new Trial(server);
		trial.reap();
		long before = memory(server);
		Sample sample;
		try (LoadClient client = new LoadClient(options)) {
			client.connect();
			client.settle(Duration.ofMillis(500));
			sample = trial.measure(client);
			long growth = memory(server) - before;
			sample.with(Metric.MEMORY_GROWTH, growth / 1024.0 / 1024);
			if (options.stalled() > 0) {
				sample.with(Metric.COMPLETE, client.countComplete());
				sample.with(Metric.STALLED_ENDED, client.countStalledThatEnded());
				if (options.resume()) {
					sample.with(Metric.STALLED_RESUMED, client.wakeStalled(TIMEOUT));
				}
			}
		}
		results.add(name, server.spec(), sample);
		return sample;
	}

	private static long memory(ServerProcess server) {
		return server.isJava() ? server.ask("collect") : ProcessMemory.resident(server.pids());
	}

}
