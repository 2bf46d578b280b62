package io.github.bettersse.benchmarks.run;

import java.util.List;
import java.util.Locale;

import io.github.bettersse.benchmarks.load.LoadClient;
import io.github.bettersse.benchmarks.load.LoadResult;
import io.github.bettersse.benchmarks.load.Probe;
import io.github.bettersse.benchmarks.process.ProcessCpu;

/**
 * Sessions that open while the server does not know yet that their predecessors are dead.
 *
 * @param cycles how often all are replaced
 * @param sessions how many there are
 */
record ChurnScenario(int cycles, int sessions) implements Scenario {

	@Override
	public String name() {
		return "churn";
	}

	@Override
	public String title() {
		return String.format(Locale.ROOT, "%d times: %,d sessions open, get 20 events, and are cut.", this.cycles,
				this.sessions);
	}

	@Override
	public Metric compared() {
		return Metric.OPENING_CPU;
	}

	@Override
	public List<String> servers() {
		return List.of("tomcat", "jetty", "sse-emitter", "webflux");
	}

	@Override
	public void measure(ServerProcess server, Results results) {
		Trial trial = new Trial(server);
		trial.warmUp();
		int clean = 0;
		long openingNanos = 0;
		String verdict = "ok";
		for (int i = 0; i < this.cycles; i++) {
			try (LoadClient client = new LoadClient(trial.broadcast(this.sessions, 20, 100, 0))) {
				ProcessCpu cpu = new ProcessCpu(server.pids());
				client.connect();
				openingNanos += cpu.nanos();
				LoadResult result = client.run(Probe.NONE);
				if (result.isCorrect()) {
					clean++;
				}
				else {
					verdict = result.verdict();
				}
			}
		}
		results.add(String.format(Locale.ROOT, "%d cycles", this.cycles), server.spec(),
				new Sample(verdict).with(Metric.CLEAN_CYCLES, clean)
					.with(Metric.OPENING_CPU, openingNanos / 1000.0 / this.cycles / this.sessions));
	}

}
