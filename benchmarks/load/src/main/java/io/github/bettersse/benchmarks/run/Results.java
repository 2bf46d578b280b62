package io.github.bettersse.benchmarks.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The samples of one scenario, and their medians as Markdown. Not thread-safe.
 */
final class Results {

	private final Metric compared;

	/** By case, where they are others. */
	private final Map<String, List<Metric>> comparedOf = new HashMap<>();

	/** Which servers are this library, in the order of the first round. */
	private final Set<String> ours = new LinkedHashSet<>();

	/** By case and server, in the order of the first round. */
	private final Map<String, Map<String, List<Sample>>> samples = new LinkedHashMap<>();

	private final Map<String, String> notes = new LinkedHashMap<>();

	/**
	 * Create empty results.
	 * @param compared the metric of which ratios are told
	 */
	Results(Metric compared) {
		this.compared = compared;
	}

	/** Tell the ratios of other metrics. */
	void compare(String name, Metric... metrics) {
		this.comparedOf.put(name, List.of(metrics));
	}

	void add(String name, ServerSpec server, Sample sample) {
		if (server.ours()) {
			this.ours.add(server.label());
		}
		this.samples.computeIfAbsent(name, (unused) -> new LinkedHashMap<>())
			.computeIfAbsent(server.label(), (unused) -> new ArrayList<>())
			.add(sample);
	}

	void note(ServerSpec server, String text) {
		this.notes.put(server.label(), text);
	}

	boolean isEmpty() {
		return this.samples.isEmpty();
	}

	String toMarkdown() {
		StringBuilder markdown = new StringBuilder();
		this.samples.forEach((name, rows) -> table(markdown, name, rows));
		this.notes.forEach((server,
				text) -> markdown.append("Not measured: ").append(server).append(": ").append(text).append(".\n\n"));
		return markdown.toString();
	}

	private void table(StringBuilder markdown, String name, Map<String, List<Sample>> rows) {
		List<Metric> metrics = Arrays.stream(Metric.values())
			.filter((metric) -> rows.values().stream().anyMatch((samples) -> median(samples, metric).isPresent()))
			.toList();
		List<Comparison> comparisons = comparisons(name, rows);
		markdown.append("**").append(name).append("**\n\n");
		row(markdown, Stream.of(Stream.of("server"), metrics.stream().map(Metric::title),
				comparisons.stream().map(Comparison::title), Stream.of("check")));
		row(markdown, Stream.of(Stream.of("---"), metrics.stream().map((metric) -> "---:"),
				comparisons.stream().map((comparison) -> "---:"), Stream.of("---")));
		rows.forEach((server, samples) -> row(markdown,
				Stream.of(Stream.of(server), metrics.stream().map((metric) -> cell(samples, metric)),
						comparisons.stream().map((comparison) -> comparison.ratio(samples)),
						Stream.of(verdict(samples)))));
		markdown.append('\n');
	}

	private List<Comparison> comparisons(String name, Map<String, List<Sample>> rows) {
		List<Metric> metrics = this.comparedOf.getOrDefault(name, List.of(this.compared));
		return compared(rows).stream()
			.flatMap((label) -> metrics.stream()
				.map((metric) -> new Comparison(label + " ÷ it" + ((metrics.size() > 1) ? ", " + metric.title() : ""),
						metric, rows.get(label))))
			.toList();
	}

	/** Ours, without variants if there is something else. */
	private List<String> compared(Map<String, List<Sample>> rows) {
		List<String> ours = this.ours.stream().filter(rows::containsKey).toList();
		List<String> withoutVariants = ours.stream().filter((label) -> !label.contains(" ")).toList();
		return withoutVariants.isEmpty() ? ours.stream().limit(1).toList() : withoutVariants;
	}

	private static void row(StringBuilder markdown, Stream<Stream<String>> cells) {
		markdown.append(cells.flatMap((some) -> some).collect(Collectors.joining(" | ", "| ", " |\n")));
	}

	private static String cell(List<Sample> samples, Metric metric) {
		OptionalDouble median = median(samples, metric);
		return median.isPresent() ? metric.format(median.getAsDouble()) : "";
	}

	static OptionalDouble median(List<Sample> samples, Metric metric) {
		double[] sorted = samples.stream()
			.map((sample) -> sample.get(metric))
			.filter(Objects::nonNull)
			.mapToDouble(Double::doubleValue)
			.sorted()
			.toArray();
		if (sorted.length == 0) {
			return OptionalDouble.empty();
		}
		int middle = sorted.length / 2;
		return OptionalDouble.of((sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
	}

	/** What went wrong in any of the runs. */
	private static String verdict(List<Sample> samples) {
		String wrong = samples.stream()
			.map(Sample::verdict)
			.filter(Predicate.not("ok"::equals))
			.distinct()
			.collect(Collectors.joining("; "));
		return wrong.isEmpty() ? "ok" : wrong;
	}

	/**
	 * A column of ratios.
	 *
	 * @param title what it is called
	 * @param metric what is compared
	 * @param ours what is divided
	 */
	private record Comparison(String title, Metric metric, List<Sample> ours) {

		String ratio(List<Sample> theirs) {
			OptionalDouble dividend = median(this.ours, this.metric);
			OptionalDouble divisor = median(theirs, this.metric);
			if (this.ours == theirs || dividend.isEmpty() || divisor.isEmpty() || divisor.getAsDouble() <= 0) {
				return "";
			}
			return String.format(Locale.ROOT, "%.2f", dividend.getAsDouble() / divisor.getAsDouble());
		}

	}

}
