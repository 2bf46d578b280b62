package io.github.bettersse.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.bettersse.docs.Document.Snippet;
import io.github.bettersse.tools.Node;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what is written about the browser client with its source and its types.
 */
class BrowserClientTests {

	private static final Document PAGE = Document.read("docs/browser-client.md");

	private static final Path SOURCES = Document.root().resolve("better-sse-spring-boot-autoconfigure/src/main/client");

	private static final Pattern OPTION_ROW = Pattern.compile("^\\| `(\\w+)` \\| (?:`([^`]+)`)? *\\| [^|]+ \\|$",
			Pattern.MULTILINE);

	private static final Pattern TYPED_OPTION = Pattern.compile("^\t(\\w+)\\?: ", Pattern.MULTILINE);

	private static final String PRINT_DEFAULTS = """
			const { DEFAULTS } = await import("%s");
			for (const [name, value] of Object.entries(DEFAULTS)) {
				console.log(`${name} ${JSON.stringify(value) ?? ""}`);
			}
			""";

	@Test
	void optionsHaveTheDefaultsOfTheSource() throws Exception {
		String script = PRINT_DEFAULTS.formatted(SOURCES.resolve("client.js").toUri());
		Map<String, String> defaults = Node.withoutPackages()
			.run("--input-type=module", "--eval", script)
			.lines()
			.map((line) -> line.split(" ", 2))
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
		assertThat(optionRows()).isEqualTo(defaults);
	}

	@Test
	void optionsAreTyped() throws Exception {
		String types = Files.readString(SOURCES.resolve("client.d.ts"));
		String options = types.substring(types.indexOf("interface Options {"), types.indexOf("interface EventStream"));
		assertThat(TYPED_OPTION.matcher(options).results().map((match) -> match.group(1)))
			.containsExactlyInAnyOrderElementsOf(optionRows().keySet());
	}

	@Test
	void typesSayWhatCompiles() throws Exception {
		Node node = Node.install(Path.of("src", "test", "typescript"));
		Files.copy(SOURCES.resolve("client.d.ts"), node.directory().resolve("client.d.ts"));
		String snippets = PAGE.snippets("typescript")
			.stream()
			.map(Snippet::text)
			.collect(Collectors.joining("\n"))
			.replace("/better-sse/client.js", "./client.js");
		assertThat(snippets).contains("connect<Events>");
		Files.writeString(node.directory().resolve("snippet.ts"), snippets);
		assertThat(node.run("node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--target", "es2022", "--module",
				"nodenext", "usage.ts", "snippet.ts"))
			.isEmpty();
	}

	private static Map<String, String> optionRows() {
		String section = PAGE.text().split("\n## Options\n")[1].split("\n## ")[0];
		List<MatchResult> rows = OPTION_ROW.matcher(section).results().toList();
		Map<String, String> options = new TreeMap<>();
		rows.forEach((row) -> options.put(row.group(1), (row.group(2) != null) ? row.group(2) : ""));
		assertThat(options).hasSameSizeAs(rows);
		return options;
	}

}
