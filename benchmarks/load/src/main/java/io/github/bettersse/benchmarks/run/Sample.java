package io.github.bettersse.benchmarks.run;

import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one measurement of one server has found. Not thread-safe.
 */
final class Sample {

	private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

	private final String verdict;

	Sample(String verdict) {
		this.verdict = verdict;
	}

	Sample with(Metric metric, double value) {
		this.values.put(metric, value);
		return this;
	}

	@Nullable Double get(Metric metric) {
		return this.values.get(metric);
	}

	/** Return whether nothing went wrong. */
	boolean isOk() {
		return this.verdict.equals("ok");
	}

	String verdict() {
		return this.verdict;
	}

}
