package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.github.bettersse.benchmarks.load.LoadClient;
import io.github.bettersse.benchmarks.load.LoadOptions;
import io.github.bettersse.benchmarks.load.LoadResult;
import io.github.bettersse.benchmarks.load.Probe;
import io.github.bettersse.benchmarks.process.ProcessCpu;
import io.github.bettersse.benchmarks.run.BroadcastScenario.Case;
import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * Nodes that share the log on Redis: beside plain pub/sub, beside the log in memory, and
 * after one of them has stood still. The server that is started for it is Redis.
 */
final class ClusterScenario implements Scenario {

	private static final int NODES = 3;

	private static final int SIZE = 200;

	private static final int RATE = 5000;

	private static final int PACED = 25_000;

	private static final int BURST = 100_000;

	private static final int MISSED = 20_000;

	private static final int SESSIONS = 10;

	private static final String SENT = "%d nodes, %,d broadcasts of %d bytes, ";

	private static final BroadcastScenario ONE_NODE = BroadcastScenario.of("", "", List.of(),
			Case.paced(SESSIONS, 2000, SIZE, 500), Case.paced(1000, 30, SIZE, 10), Case.burst(1000, 100, SIZE));

	@Override
	public String name() {
		return "cluster";
	}

	@Override
	public String title() {
		return "Nodes that share the log on Redis.";
	}

	@Override
	public List<String> servers() {
		return List.of();
	}

	@Override
	public List<ServerSpec> variants(List<ServerSpec> chosen, List<Path> jdks) {
		return List.of(Servers.REDIS, Servers.DURABLE_REDIS, Servers.CLUSTER);
	}

	@Override
	public void measure(ServerProcess redis, Results results) throws UnavailableException {
		if (redis.spec().equals(Servers.DURABLE_REDIS)) {
			broadcast(redis, Servers.nodes("redis-log, append-only", true, "log"), results);
		}
		else if (redis.spec().equals(Servers.CLUSTER)) {
			broadcast(redis, Servers.nodes("redis-log, cluster", true, "log"), results);
		}
		else {
			measureAll(redis, results);
		}
	}

	private static void measureAll(ServerProcess redis, Results results) throws UnavailableException {
		broadcast(redis, Servers.nodes("redis-log", true, "log"), results);
		broadcast(redis, Servers.nodes("redis-log with history", true, "log-history"), results);
		broadcast(redis, Servers.nodes("pub/sub", false, "pub-sub"), results);
		for (ServerSpec spec : List.of(Servers.REDIS_LOG, Servers.MEMORY_LOG)) {
			try (ServerProcess node = start(redis, spec)) {
				ONE_NODE.measure(node, results);
			}
		}
		try (ServerProcess one = start(redis, Servers.REDIS_LOG); ServerProcess two = start(redis, Servers.REDIS_LOG)) {
			catchUp(one, two, MISSED / 5);
			String name = String.format(Locale.ROOT,
					"%d sessions on a node that goes on after %,d events of %d bytes that it has missed", SESSIONS,
					MISSED, SIZE);
			results.compare(name);
			results.add(name, Servers.REDIS_LOG, catchUp(one, two, MISSED));
		}
	}

	private static ServerProcess start(ServerProcess redis, ServerSpec spec) throws UnavailableException {
		String address = redis.spec().equals(Servers.CLUSTER) ? "--spring.data.redis.cluster.nodes=127.0.0.1:"
				: "--spring.data.redis.port=";
		return redis.startBeside(spec.variant("", List.of(address + redis.port(),
				// Of another log than what was measured before
				"--better-sse.redis.key-prefix=" + spec.label().replaceAll("\\W+", "-"))));
	}

	private static void broadcast(ServerProcess redis, ServerSpec spec, Results results) throws UnavailableException {
		String paced = String.format(Locale.ROOT, SENT + "%,d a second", NODES, PACED, SIZE, RATE);
		String burst = String.format(Locale.ROOT, SENT + "as fast as can be", NODES, BURST, SIZE);
		results.compare(paced, Metric.P50, Metric.P99);
		results.compare(burst, Metric.BROADCASTS_PER_SECOND);
		try (ServerProcess nodes = start(redis, spec)) {
			// Events that come one by one take other ways than those that come together:
			// the compiler is to have seen both before
			broadcast(redis, nodes, BURST, 0);
			broadcast(redis, nodes, PACED, RATE);
			results.add(paced, spec, broadcast(redis, nodes, PACED, RATE));
			results.add(burst, spec, broadcast(redis, nodes, BURST, 0));
		}
	}

	private static Sample broadcast(ServerProcess redis, ServerProcess nodes, int count, int rate) {
		ProcessCpu nodesCpu = new ProcessCpu(nodes.pids());
		ProcessCpu redisCpu = new ProcessCpu(redis.pids());
		long nanos = nodes.ask("run " + count + " " + SIZE + " " + rate);
		double nodesMicros = nodesCpu.nanos() / 1000.0;
		double redisMicros = redisCpu.nanos() / 1000.0;
		if (nanos < 0) {
			return new Sample("no answer");
		}
		long wrong = nodes.ask("wrong");
		Sample sample = new Sample((wrong == 0) ? "ok" : "missing or repeated " + wrong)
			.with(Metric.CPU, nodesMicros / (NODES * count))
			.with(Metric.REDIS_CPU, redisMicros / count);
		if (rate == 0) {
			return sample.with(Metric.BROADCASTS_PER_SECOND, count * 1e9 / nanos);
		}
		return sample.with(Metric.P50, nodes.ask("p50") / 1000.0)
			.with(Metric.P99, nodes.ask("p99") / 1000.0)
			.with(Metric.MAX, nodes.ask("max") / 1000.0);
	}

	/** Measure how fast a node comes to the end of what it has missed. */
	private static Sample catchUp(ServerProcess publisher, ServerProcess stopped, int count)
			throws UnavailableException {
		try (LoadClient client = open(
				LoadOptions.broadcast(stopped.port(), SESSIONS, count, SIZE, 0).withTrigger(null));
				LoadClient other = open(LoadOptions.broadcast(publisher.port(), 1, count, SIZE, 0))) {
			stopped.signal("STOP");
			LoadResult sent = other.run(Probe.NONE);
			stopped.signal("CONT");
			LoadResult received = client.run(Probe.NONE);
			return new Sample(sent.isCorrect() ? received.verdict() : "not sent: " + sent.verdict())
				.with(Metric.EVENTS_PER_SECOND, count / received.seconds())
				.with(Metric.SECONDS, received.seconds());
		}
	}

	private static LoadClient open(LoadOptions options) {
		LoadClient client = new LoadClient(options);
		client.connect();
		client.settle(Duration.ofMillis(500));
		return client;
	}

}
