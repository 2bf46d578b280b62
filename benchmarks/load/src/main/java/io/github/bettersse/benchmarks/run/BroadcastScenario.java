package io.github.bettersse.benchmarks.run;

import java.util.List;

/**
 * Events to all sessions.
 *
 * @param name what it is called
 * @param title what is done
 * @param cases what is sent, one after the other
 */
record BroadcastScenario(String name, String title, List<Case> cases) implements Scenario {

	@Override
	public void measure(ServerProcess server, Results results) {
		Trial trial = new Trial(server);
		trial.warmUp();
		for (Case one : this.cases) {
			results.add(one.name(), server.spec(),
					trial.run(trial.broadcast(one.sessions(), one.count(), one.size(), one.rate())));
		}
	}

	/**
	 * What is sent.
	 *
	 * @param sessions to how many
	 * @param count how many events
	 * @param size of how many bytes each
	 * @param rate how many a second, 0 for as fast as can be
	 */
	record Case(int sessions, int count, int size, double rate) {

		String name() {
			return String.format("%,d sessions, %,d events of %,d bytes%s", this.sessions, this.count, this.size,
					(this.rate > 0) ? String.format(", %.0f a second", this.rate) : ", as fast as can be");
		}

	}

}
