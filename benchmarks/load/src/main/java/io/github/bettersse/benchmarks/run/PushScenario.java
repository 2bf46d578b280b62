package io.github.bettersse.benchmarks.run;

import java.util.List;
import java.util.Locale;

/**
 * Single events, each to one of many sessions.
 *
 * @param sessions how many are open
 */
record PushScenario(int sessions) implements Scenario {

	private static final int COUNT = 2000;

	private static final int RATE = 500;

	@Override
	public String name() {
		return "push";
	}

	@Override
	public String title() {
		return String.format(Locale.ROOT, "%,d events, %d a second, each to one of %,d sessions.", COUNT, RATE,
				this.sessions);
	}

	@Override
	public Metric compared() {
		return Metric.P50;
	}

	@Override
	public List<String> servers() {
		return List.of("tomcat", "jetty", "bare-servlet", "sse-emitter");
	}

	@Override
	public void measure(ServerProcess server, Results results) {
		Trial trial = new Trial(server);
		trial.run(trial.broadcast(this.sessions, 10 * COUNT, 100, 10 * RATE).asScattered());
		results.add(String.format(Locale.ROOT, "%,d sessions", this.sessions), server.spec(),
				trial.run(trial.broadcast(this.sessions, COUNT, 100, RATE).asScattered()));
	}

}
