package io.github.bettersse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.fail;

/**
 * Compares the public API with the one that is written down, so that it changes only on
 * purpose.
 */
class ApiTests {

	private static final Path FILE = Path.of("src/test/resources/better-sse.api");

	@Test
	void publicApiIsTheOneWrittenDown() throws IOException {
		List<String> actual = ApiListing.read();
		if (Boolean.getBoolean("api.update")) {
			Files.write(FILE, actual);
			return;
		}
		List<String> expected = Files.readAllLines(FILE);
		if (!actual.equals(expected)) {
			fail("""
					The public API differs from %s:

					%s
					If that is intended, write it down with
					  mvn test -pl better-sse-spring-boot-autoconfigure -Dtest=ApiTests -Dapi.update=true
					""", FILE, difference(expected, actual));
		}
	}

	private static String difference(List<String> expected, List<String> actual) {
		return Stream.concat(missing(expected, actual, "- "), missing(actual, expected, "+ "))
			.map((line) -> line + System.lineSeparator())
			.collect(Collectors.joining());
	}

	private static Stream<String> missing(List<String> lines, List<String> from, String prefix) {
		return lines.stream().filter((line) -> !from.contains(line)).map((line) -> prefix + line.strip());
	}

}
