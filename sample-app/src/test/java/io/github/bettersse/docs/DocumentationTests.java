package io.github.bettersse.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;

import io.github.bettersse.SessionOptions;
import io.github.bettersse.docs.Document.Snippet;
import io.github.bettersse.webmvc.SseEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what the documentation says with what there is.
 */
class DocumentationTests {

	private static final Pattern PROPERTY_ROW = Pattern
		.compile("^\\| `(better-sse\\.[^`]+)` \\| ([^|]*)\\|(?: `(\\w+)` \\| ([^|]*)\\|)?", Pattern.MULTILINE);

	private static final Pattern PROPERTY_NAME = Pattern.compile("(?<![\\w-])better-sse(\\.[a-z-]+)+");

	/** Where the excerpts are from. */
	private static final List<String> SOURCES = List.of("sample-app/src/test/java/io/github/bettersse/docs/snippets",
			"better-sse-spring-boot-autoconfigure/src/test/java/io/github/bettersse/eventlog",
			"sample-app/src/test/java/io/github/bettersse/docs/testing",
			"better-sse-spring-boot-autoconfigure/integration-tests/src/test/java/io/github/bettersse/docs");

	private static final Document CONFIGURATION = Document.read("docs/configuration.md");

	static Stream<Document> documents() {
		return Document.all().stream();
	}

	static Stream<Document> documentsWithJava() {
		return documents().filter((document) -> document.snippets("java").stream().anyMatch(Snippet::isWholeFile));
	}

	@ParameterizedTest
	@MethodSource("documentsWithJava")
	void javaCompiles(Document document, @TempDir Path directory) throws IOException {
		SnippetProject.write(document, directory).compile();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void excerptsAreOfSourcesThatTestsRun(Document document) {
		List<String> sources = SOURCES.stream().map(Document::sources).flatMap(List::stream).toList();
		assertThat(document.snippets("java")).filteredOn((snippet) -> !snippet.isWholeFile())
			.filteredOn((snippet) -> sources.stream().noneMatch(snippet::isExcerptOf))
			.isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksLeadSomewhere(Document document) {
		assertThat(document.links()).filteredOn((link) -> !link.contains(":"))
			.allSatisfy((link) -> assertLeadsSomewhere(document, link));
	}

	private static void assertLeadsSomewhere(Document document, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? document.path() : document.path().resolveSibling(parts[0]);
		assertThat(target).exists();
		if (parts.length > 1) {
			assertThat(Document.read(target).anchors()).contains(parts[1]);
		}
	}

	@Test
	void versionsAreThoseOfTheBuild() throws Exception {
		String build = Files.readString(Document.root().resolve("pom.xml"));
		String version = xpath(build, "/project/version");
		String dependency = Document.README.snippets("xml").get(0).text();
		assertPomHasVersions(build, snippet(Document.GETTING_STARTED, "pom.xml"));
		assertPomHasVersions(build, Files.readString(Document.root().resolve("docs/skeleton/pom.xml")));
		assertThat(version).isNotEmpty();
		assertThat(xpath(dependency, "/dependency/version")).isEqualTo(version);
		String contract = Document.read("docs/cluster.md").snippets("xml").get(0).text();
		assertThat(xpath(contract, "/dependency/version")).isEqualTo(version);
	}

	private static void assertPomHasVersions(String build, String pom) throws Exception {
		assertThat(xpath(pom, "//dependency[artifactId='better-sse-spring-boot-starter']/version"))
			.isEqualTo(xpath(build, "/project/version"));
		assertThat(xpath(pom, "/project/parent/version")).isEqualTo(xpath(build, "//properties/spring-boot.version"));
		assertThat(xpath(pom, "//java.version")).isEqualTo(xpath(build, "//properties/maven.compiler.release"));
	}

	@Test
	void allPropertiesAreThereWithDefaultAndType() throws IOException {
		Map<String, String> actual = new TreeMap<>();
		properties().forEach((property) -> actual.put(property.get("name").asString(),
				defaultValue(property) + " " + type(property)));
		assertThat(rows(CONFIGURATION, (row) -> defaultValue(row) + " " + row.group(3))).isEqualTo(actual);
	}

	@Test
	void defaultsInGettingStartedAreThoseOfTheProperties() {
		assertThat(rows(CONFIGURATION, DocumentationTests::defaultValue))
			.containsAllEntriesOf(rows(Document.GETTING_STARTED, DocumentationTests::defaultValue));
	}

	@Test
	void overridesExist() {
		List<String> attributes = Stream.of(SseEndpoint.class.getDeclaredMethods())
			.map((attribute) -> "@" + attribute.getName())
			.toList();
		List<String> options = Stream.of(SessionOptions.Builder.class.getMethods()).map(Method::getName).toList();
		rows(CONFIGURATION, (row) -> row.group(4)).values()
			.stream()
			.flatMap((overrides) -> Pattern.compile("[@\\w]+").matcher(overrides).results().map(MatchResult::group))
			.forEach((override) -> assertThat(attributes.contains(override) || options.contains(override)).as(override)
				.isTrue());
	}

	@ParameterizedTest
	@MethodSource("documents")
	void propertiesExist(Document document) throws IOException {
		List<String> names = properties().stream().map((property) -> property.get("name").asString()).toList();
		assertThat(PROPERTY_NAME.matcher(document.text()).results().map(MatchResult::group))
			.allMatch((mentioned) -> names.stream().anyMatch(mentioned::startsWith));
	}

	/** With which the tests of proxies run. */
	@Test
	void configurationsOfProxiesAreTheFiles() throws IOException {
		Map<String, String> shown = Document.read("docs/operations.md")
			.snippets()
			.stream()
			.filter((snippet) -> snippet.file().startsWith("proxies/"))
			.collect(Collectors.toMap(Snippet::file, Snippet::text));
		try (Stream<Path> files = Files.list(Document.root().resolve("docs/proxies"))) {
			assertThat(shown).isEqualTo(files.map(Document::read)
				.collect(Collectors.toMap((file) -> "proxies/" + file.path().getFileName(), Document::text)));
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void yamlIsWellFormed(Document document) {
		assertThat(document.snippets("yaml")).allSatisfy((snippet) -> new Yaml().load(snippet.text()));
	}

	private static Map<String, String> rows(Document document, Function<MatchResult, String> value) {
		return PROPERTY_ROW.matcher(document.text())
			.results()
			.collect(Collectors.toMap((row) -> row.group(1), value, (one, other) -> one + other, TreeMap::new));
	}

	private static String defaultValue(MatchResult row) {
		return row.group(2).strip().replace("`", "");
	}

	private static String type(JsonNode property) {
		return property.get("type").asString().replaceFirst("<.*", "").replaceFirst(".*\\.", "");
	}

	private static List<JsonNode> properties() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		List<URL> files = DocumentationTests.class.getClassLoader()
			.resources("META-INF/spring-configuration-metadata.json")
			.toList();
		for (URL file : files) {
			try (InputStream metadata = file.openStream()) {
				JsonMapper.shared()
					.readTree(metadata)
					.get("properties")
					.valueStream()
					.filter((property) -> property.get("name").asString().startsWith("better-sse."))
					.forEach(properties::add);
			}
		}
		return properties;
	}

	private static String defaultValue(JsonNode property) {
		if (property.get("name").asString().equals("better-sse.delivery.threads")) {
			return "one per processor"; // which is no value
		}
		JsonNode value = property.get("defaultValue");
		return (value != null) ? value.asString() : "";
	}

	private static String snippet(Document document, String file) {
		return document.snippets()
			.stream()
			.filter((snippet) -> snippet.file().equals(file))
			.map(Snippet::text)
			.findFirst()
			.orElseThrow();
	}

	/** Without namespaces. */
	private static String xpath(String xml, String expression) throws Exception {
		org.w3c.dom.Document parsed = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(xml)));
		return XPathFactory.newInstance().newXPath().evaluate(expression, parsed);
	}

}
