package io.github.bettersse.benchmarks.run;

import java.util.Locale;

/**
 * What is measured, as a column of a table.
 */
enum Metric {

	CPU("CPU µs per delivery", "%.2f"),

	REDIS_CPU("CPU µs of Redis per broadcast", "%.1f"),

	DELIVERIES_PER_SECOND("deliveries/s", "%,.0f"),

	BROADCASTS_PER_SECOND("broadcasts/s", "%,.0f"),

	EVENTS_PER_SECOND("events/s", "%,.0f"),

	P50("p50 ms", "%.2f"),

	P99("p99 ms", "%.1f"),

	MAX("max ms", "%.1f"),

	FAN_OUT("to the last stream, p50 ms", "%.1f"),

	SECONDS("s", "%.2f"),

	ALLOCATED("bytes allocated per delivery", "%.1f"),

	RESIDENT("RSS KB per session", "%.1f"),

	RESIDENT_AT_FIRST("the same with the garbage of opening", "%.1f"),

	HEAP("heap and direct KB per session", "%.1f"),

	OPENING_CPU("CPU µs per opening", "%.0f"),

	OPENING_RATE("openings/s", "%,.0f"),

	COMPLETE("healthy streams complete", "%.0f"),

	DELIVERED("of what they were to get, %", "%.0f"),

	STALLED_ENDED("stalled ended", "%.0f"),

	STALLED_OVERFLOWED("of them by overflow", "%.0f"),

	STALLED_DROPPED("stalled that lost events", "%.0f"),

	STALLED_AT_NEWEST("of them at the newest when they read again", "%.0f"),

	STALLED_RESUMED("stalled complete after resuming", "%.0f"),

	RECONNECTED("reconnects", "%.0f"),

	P99_RATIO("p99 ÷ without slow readers", "%.2f"),

	MEMORY_GROWTH("memory growth MB", "%.1f"),

	MEMORY_HEALTHY("MB, nobody is slow", "%.1f"),

	MEMORY_SLOW("MB, with slow readers", "%.1f"),

	MEMORY_MORE("more MB", "%.1f"),

	CLEAN_CYCLES("clean cycles", "%.0f");

	private final String title;

	private final String format;

	Metric(String title, String format) {
		this.title = title;
		this.format = format;
	}

	String title() {
		return this.title;
	}

	String format(double value) {
		return String.format(Locale.ROOT, this.format, value);
	}

}
