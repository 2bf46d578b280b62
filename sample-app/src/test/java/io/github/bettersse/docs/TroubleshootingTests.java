package io.github.bettersse.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the messages that the page quotes with those that tests expect of the library.
 */
class TroubleshootingTests {

	private static final Pattern MESSAGE = Pattern.compile("^\\| \"([^|]+)\" \\| ", Pattern.MULTILINE);

	/** A text that goes over several lines of a source, in one form or the other. */
	private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"|\\\\\\n\\s*");

	@Test
	void everyMessageIsThatOfATest() throws IOException {
		String tests = testsOfTheLibrary();
		List<String> messages = MESSAGE.matcher(Document.read("docs/troubleshooting.md").text())
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(messages).hasSizeGreaterThan(10)
			.allSatisfy((message) -> assertThat(tests).contains(message.split("'?\\.\\.\\.'?")));
	}

	private static String testsOfTheLibrary() throws IOException {
		try (Stream<Path> files = Files
			.walk(Document.root().resolve("better-sse-spring-boot-autoconfigure/src/test/java"))) {
			return files.filter(Files::isRegularFile)
				.map(TroubleshootingTests::read)
				.map((text) -> JOINT.matcher(text).replaceAll(""))
				.collect(Collectors.joining("\n"));
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
