package io.github.bettersse.benchmarks.run;

import java.time.Duration;
import java.util.function.Function;

import io.github.bettersse.benchmarks.load.LoadClient;
import io.github.bettersse.benchmarks.load.LoadOptions;
import io.github.bettersse.benchmarks.load.LoadResult;
import io.github.bettersse.benchmarks.load.Probe;
import io.github.bettersse.benchmarks.process.ProcessCpu;

/**
 * Runs of the load client against one server.
 */
final class Trial {

	private static final Duration SETTLE = Duration.ofMillis(500);

	private final ServerProcess server;

	Trial(ServerProcess server) {
		this.server = server;
	}

	/**
	 * Have compiled what is going to be measured.
	 */
	void warmUp() {
		warmUp(3);
	}

	void warmUp(int bursts) {
		for (int i = 0; i < bursts; i++) {
			run(broadcast(1000, 200, 100, 0).withTimeout(Duration.ofSeconds(30)));
		}
		run(broadcast(200, 100, 100, 100));
	}

	LoadOptions broadcast(int sessions, int count, int size, double rate) {
		return LoadOptions.broadcast(this.server.port(), sessions, count, size, rate)
			.withPublishPath(this.server.publishPath());
	}

	/**
	 * Open streams, send events, close the streams.
	 */
	Sample run(LoadOptions options) {
		try (LoadClient client = new LoadClient(options)) {
			client.connect();
			client.settle(SETTLE);
			return measure(client);
		}
		finally {
			reap();
		}
	}

	/**
	 * Send events to streams that are open.
	 */
	Sample measure(LoadClient client) {
		return measure(client::run);
	}

	/**
	 * Measure the server meanwhile.
	 */
	Sample measure(Function<Probe, LoadResult> run) {
		ServerProbe probe = new ServerProbe();
		LoadResult result = run.apply(probe);
		Sample sample = new Sample(result.verdict());
		if (result.reconnected() > 0) {
			sample.with(Metric.RECONNECTED, result.reconnected());
		}
		if (result.deliveries() == 0) {
			return sample;
		}
		if (this.server.isJava()) {
			sample.with(Metric.ALLOCATED, (double) probe.allocated / result.deliveries());
		}
		return sample.with(Metric.CPU, probe.cpuNanos / 1000.0 / result.deliveries())
			.with(Metric.DELIVERIES_PER_SECOND, result.deliveries() / result.seconds())
			.with(Metric.SECONDS, result.seconds())
			.with(Metric.P50, result.latencyP50() / 1000)
			.with(Metric.P99, result.latencyP99() / 1000)
			.with(Metric.MAX, result.latencyMax() / 1000)
			.with(Metric.FAN_OUT, result.fanOutP50() / 1000);
	}

	/**
	 * Let the server notice that its clients have gone: some do so only when a write
	 * fails, and would be charged for it in the next run.
	 */
	void reap() {
		reap(broadcast(1, 6, 100, 20));
		// And that one too
		reap(broadcast(0, 1, 100, 0));
	}

	private static void reap(LoadOptions options) {
		try (LoadClient client = new LoadClient(options)) {
			client.connect();
			client.run(Probe.NONE);
			client.settle(Duration.ofMillis(400));
		}
	}

	private final class ServerProbe implements Probe {

		private ProcessCpu cpu = new ProcessCpu(Trial.this.server.pids());

		private long cpuNanos;

		private long allocated;

		@Override
		public void begin() {
			this.allocated = allocatedSoFar();
			this.cpu = new ProcessCpu(Trial.this.server.pids());
		}

		@Override
		public void end() {
			this.cpuNanos = this.cpu.nanos();
			this.allocated = allocatedSoFar() - this.allocated;
		}

		private long allocatedSoFar() {
			return Trial.this.server.isJava() ? Trial.this.server.ask("allocated") : 0;
		}

	}

}
