package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.github.bettersse.benchmarks.load.LoadClient;
import io.github.bettersse.benchmarks.load.LoadOptions;
import io.github.bettersse.benchmarks.process.ProcessCpu;
import io.github.bettersse.benchmarks.process.ProcessMemory;

/**
 * What sessions cost that get nothing.
 *
 * @param sessions how many are opened
 */
record IdleScenario(int sessions) implements Scenario {

	/** Give memory back that is not used, or the garbage of opening stays resident. */
	private static final List<String> SHRINK = List.of("-Xms32m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20");

	private static final Duration GIVING_BACK = Duration.ofSeconds(6);

	@Override
	public String name() {
		return "idle";
	}

	@Override
	public String title() {
		return String.format("%,d sessions are opened in a fresh process, and get nothing. Java servers have `%s`.",
				this.sessions, String.join(" ", SHRINK));
	}

	@Override
	public Metric compared() {
		return Metric.RESIDENT;
	}

	@Override
	public List<String> servers() {
		return List.of("tomcat", "tomcat-small-buffers", "jetty", "nchan", "better-sse-node", "webflux", "sse-emitter");
	}

	@Override
	public List<ServerSpec> variants(List<ServerSpec> servers, List<Path> jdks) {
		return servers.stream().map((server) -> server.withJvmOptions(SHRINK)).toList();
	}

	@Override
	public void measure(ServerProcess server, Results results) {
		Trial trial = new Trial(server);
		trial.run(trial.broadcast(100, 10, 100, 0));
		long before = collect(server);
		long residentBefore = resident(server);
		ProcessCpu cpu = new ProcessCpu(server.pids());
		try (LoadClient client = new LoadClient(LoadOptions.idle(server.port(), this.sessions))) {
			Duration opening = client.connect();
			double cpuMicros = cpu.nanos() / 1000.0;
			client.settle(Duration.ofSeconds(3));
			int open = client.countOpen();
			Sample sample = new Sample((open == this.sessions) ? "ok" : "opened " + open)
				.with(Metric.RESIDENT_AT_FIRST, perSession(resident(server) - residentBefore, open))
				.with(Metric.OPENING_CPU, cpuMicros / open)
				.with(Metric.OPENING_RATE, open * 1e9 / opening.toNanos());
			if (server.isJava()) {
				sample.with(Metric.HEAP, perSession(collect(server) - before, open));
			}
			sample.with(Metric.RESIDENT, perSession(resident(server) - residentBefore, open));
			results.add(String.format("%,d sessions", this.sessions), server.spec(), sample);
		}
	}

	/** The collector, and the compilers, give memory back a little later. */
	private static long collect(ServerProcess server) {
		long memory = server.isJava() ? server.ask("collect") : 0;
		LockSupport.parkNanos(GIVING_BACK.toNanos());
		return memory;
	}

	private static long resident(ServerProcess server) {
		return ProcessMemory.resident(server.pids());
	}

	private static double perSession(long bytes, int sessions) {
		return bytes / 1024.0 / sessions;
	}

}
