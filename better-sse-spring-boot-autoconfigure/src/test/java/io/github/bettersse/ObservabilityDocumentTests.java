package io.github.bettersse;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.bettersse.actuate.SseChannelDescriptor;
import io.github.bettersse.actuate.SseHealthIndicator;
import io.github.bettersse.actuate.SseInfoContributor;
import io.github.bettersse.actuate.SseStreamsDescriptor;
import io.github.bettersse.metrics.EngineMetrics;
import io.github.bettersse.metrics.MeterRecorder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.info.Info;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the document and the dashboard with what there is.
 */
class ObservabilityDocumentTests extends ReplayScene {

	private static final Path DOCUMENT = Path.of("../docs/observability.md");

	private static final Path OPERATIONS = Path.of("../docs/operations.md");

	private static final Path DASHBOARD = Path.of("../docs/grafana/dashboard.json");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(better_sse_\\w+)(?:\\{([^}]*)})? ");

	private static final Pattern SELECTOR = Pattern.compile("(better_sse_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=");

	private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

	private PrometheusMeterRegistry meters;

	@Override
	void customize(SseEngineBuilder builder) {
		this.meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
		builder.recorder(new MeterRecorder(this.meters, observations, List.of("news"), false));
	}

	/** Let happen what makes meters that are not there from the outset. */
	private void letAllHappen() {
		new EngineMetrics(this.engine.engine).bindTo(this.meters);
		Channel<Void, Object> news = channel("news", History.ofEvents(2));
		broadcast(news, "a");
		TestClient<Object> client = prepare("unknown");
		Replay replay = news.register(client.session());
		client.opening().complete();
		TestEngine.join(replay.completion());
		broadcast(news, "b");
		this.engine.awaitDelivery();
	}

	@Test
	void everyMeterIsInTheTable() throws IOException {
		letAllHappen();
		Map<String, String> actual = new TreeMap<>();
		for (Meter meter : this.meters.getMeters()) {
			actual.put(meter.getId().getName(),
					typeOf(meter) + " " + new TreeSet<>(meter.getId().getTags().stream().map(Tag::getKey).toList()));
		}
		Map<String, String> documented = new TreeMap<>();
		for (String[] row : rows("## Meters", "| Meter |")) {
			documented.put(codes(row[1]).get(0), row[2].strip() + " " + new TreeSet<>(codes(row[3])));
		}
		assertThat(documented).isEqualTo(actual);
	}

	private static String typeOf(Meter meter) {
		return "better.sse.delivery.lag".equals(meter.getId().getName()) ? "timer with buckets"
				: meter.getId().getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	@Test
	void everyFieldOfTheEndpointIsInItsTable() throws IOException {
		assertThat(firstCodes(rows("## Endpoints", "| Field |")))
			.containsExactlyElementsOf(fields("", SseStreamsDescriptor.class));
		assertThat(firstCodes(rows("Of one channel:", "| Field |")))
			.containsExactlyElementsOf(fields("", SseChannelDescriptor.class));
	}

	/** Return the names of all components, and of those that are descriptors again. */
	private static List<String> fields(String prefix, Class<?> descriptor) {
		List<String> fields = new ArrayList<>();
		for (RecordComponent component : descriptor.getRecordComponents()) {
			String name = prefix + component.getName();
			if (component.getType().isRecord()) {
				fields.addAll(fields(name + ".", component.getType()));
				continue;
			}
			fields.add(name);
			if (component.getGenericType() instanceof java.lang.reflect.ParameterizedType list) {
				fields.addAll(fields(name + "[].", (Class<?>) list.getActualTypeArguments()[0]));
			}
		}
		return fields;
	}

	@Test
	void everyDetailOfHealthAndInfoIsInItsTable() throws IOException {
		assertThat(firstCodes(rows("## Health", "| Detail |")))
			.containsExactlyElementsOf(new SseHealthIndicator(this.engine.engine).health().getDetails().keySet());
		Info.Builder info = new Info.Builder();
		new SseInfoContributor(this.engine.engine, Map.of("log", "x", "transport", "x")).contribute(info);
		assertThat(firstCodes(rows("## Info", "| Detail |"))).containsExactlyElementsOf(
				((Map<String, ?>) info.build().getDetails().get("sse")).keySet().stream().toList());
	}

	@Test
	void theDashboardAsksForWhatIsExported() throws IOException {
		List<String> queries = new ArrayList<>();
		collectQueries(JsonMapper.shared().readTree(Files.readString(DASHBOARD)), queries);
		assertThat(queries).hasSizeGreaterThan(20);
		assertThat(exported(queries)).hasSizeGreaterThan(15);
	}

	@Test
	void theAlertsAskForWhatIsExported() throws IOException {
		List<String> expressions = firstCodes(rows(OPERATIONS, "## Dashboards and alerts", "| Expression |"));
		assertThat(exported(expressions)).hasSameSizeAs(expressions);
	}

	/** Check that there is what some queries ask for, and return the names. */
	private Set<String> exported(List<String> queries) {
		letAllHappen();
		Map<String, Set<String>> exported = new TreeMap<>();
		Matcher sample = SAMPLE.matcher(this.meters.scrape());
		while (sample.find()) {
			exported.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>(Set.of("instance")))
				.addAll(all(LABEL, String.valueOf(sample.group(2))));
		}
		Set<String> asked = new TreeSet<>();
		for (String query : queries) {
			Set<String> labels = Stream.of(query)
				.flatMap((text) -> all(GROUPING, text).stream())
				.flatMap((list) -> Arrays.stream(list.split(", *")))
				.collect(Collectors.toSet());
			Matcher selector = SELECTOR.matcher(query);
			while (selector.find()) {
				asked.add(selector.group(1));
				assertThat(exported).as(query).containsKey(selector.group(1));
				assertThat(exported.get(selector.group(1))).as(query)
					.containsAll(labels)
					.containsAll(all(LABEL, String.valueOf(selector.group(2)).replaceAll("[=~!]+", "=")));
			}
		}
		return asked;
	}

	private static void collectQueries(JsonNode node, List<String> queries) {
		for (String name : List.of("expr", "definition")) {
			if (node.has(name)) {
				queries.add(node.get(name).asString());
			}
		}
		node.forEach((child) -> collectQueries(child, queries));
	}

	private static List<String> all(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((result) -> result.group(1)).toList();
	}

	/** Return the rows of the first such table behind a line, by cell. */
	private static List<String[]> rows(String after, String head) throws IOException {
		return rows(DOCUMENT, after, head);
	}

	private static List<String[]> rows(Path document, String after, String head) throws IOException {
		List<String> lines = Files.readAllLines(document);
		int start = lines.indexOf(after);
		assertThat(start).as(after).isNotNegative();
		return lines.stream()
			.skip(start)
			.dropWhile((line) -> !line.startsWith(head))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> line.split("\\|"))
			.toList();
	}

	private static List<String> firstCodes(List<String[]> rows) {
		return rows.stream().map((row) -> codes(row[1]).get(0)).toList();
	}

	private static List<String> codes(String cell) {
		return all(CODE, cell);
	}

}
