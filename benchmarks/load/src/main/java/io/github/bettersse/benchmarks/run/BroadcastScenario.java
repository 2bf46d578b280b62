package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import io.github.bettersse.benchmarks.load.LoadOptions;

/**
 * Events to all sessions.
 *
 * @param name what it is called
 * @param title what is done
 * @param servers which servers are measured
 * @param variants what is measured of them
 * @param rounds of how many rounds the medians are
 * @param cases what is sent, one after the other
 */
record BroadcastScenario(String name, String title, List<String> servers, Variants variants, int rounds,
		List<Case> cases) implements Scenario {

	static BroadcastScenario of(String name, String title, List<String> servers, Case... cases) {
		return new BroadcastScenario(name, title, servers, Variants.NONE, 3, List.of(cases));
	}

	@Override
	public List<ServerSpec> variants(List<ServerSpec> chosen, List<Path> jdks) {
		return this.variants.of(chosen, jdks);
	}

	@Override
	public int rounds() {
		return this.rounds;
	}

	@Override
	public void measure(ServerProcess server, Results results) {
		Trial trial = new Trial(server);
		trial.warmUp(this.rounds);
		for (Case one : this.cases) {
			LoadOptions options = trial.broadcast(one.sessions(), one.count(), one.size(), one.rate());
			results.add(one.name(), server.spec(), trial.run(one.detail().apply(options)));
		}
	}

	/**
	 * What is sent.
	 *
	 * @param sessions to how many
	 * @param count how many events
	 * @param size of how many bytes each
	 * @param rate how many a second, 0 for as fast as can be
	 * @param suffix what else is to be said
	 * @param detail what else is asked for
	 */
	record Case(int sessions, int count, int size, double rate, String suffix, UnaryOperator<LoadOptions> detail) {

		static Case burst(int sessions, int count, int size) {
			return paced(sessions, count, size, 0);
		}

		static Case paced(int sessions, int count, int size, double rate) {
			return new Case(sessions, count, size, rate, "", UnaryOperator.identity());
		}

		Case with(String suffix, UnaryOperator<LoadOptions> detail) {
			return new Case(this.sessions, this.count, this.size, this.rate, suffix, detail);
		}

		String name() {
			String pace = (this.rate > 0) ? String.format(Locale.ROOT, "%.0f a second", this.rate) : "at once";
			return String.format(Locale.ROOT, "%,d sessions, %,d events of %,d bytes, %s%s", this.sessions, this.count,
					this.size, pace, this.suffix);
		}

	}

}
