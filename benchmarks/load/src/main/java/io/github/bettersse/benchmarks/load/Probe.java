package io.github.bettersse.benchmarks.load;

/**
 * Measures the server while events are sent. Called by the thread that reads the streams.
 */
public interface Probe {

	/** Measures nothing. */
	Probe NONE = new Probe() {

		@Override
		public void begin() {
			// Nothing to measure
		}

		@Override
		public void end() {
			// Nothing to measure
		}

	};

	/** Just before the events are asked for. */
	void begin();

	/** Just after the last has come. */
	void end();

}
