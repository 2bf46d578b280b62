package io.github.bettersse;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.bettersse.eventlog.ResetReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the tables of the document with the names that there are.
 */
class ConceptsDocumentTests {

	private static final Path DOCUMENT = Path.of("../docs/concepts.md");

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern NAME_IN_CODE = Pattern.compile("(?m)^(?!\\s*(?:\\*|//)).*\\.name\\(\"");

	@Test
	void everyEventNameIsInItsTable() throws Exception {
		List<String> names = new ArrayList<>();
		for (Class<?> type : List.of(Session.class, ControlFrames.class)) {
			for (Field field : type.getDeclaredFields()) {
				if (field.getName().endsWith("EVENT_NAME")) {
					names.add((String) field.get(null));
				}
			}
		}
		assertThat(names).hasSize(7);
		assertThat(firstCodes("| Name |")).containsExactlyInAnyOrderElementsOf(names);
	}

	/** Else the test above would not know of it. */
	@Test
	void noOtherNameIsInTheCode() throws IOException {
		try (Stream<Path> sources = Files.walk(SOURCES)) {
			assertThat(sources.filter((path) -> path.toString().endsWith(".java"))).isNotEmpty()
				.allSatisfy((path) -> assertThat(NAME_IN_CODE.matcher(Files.readString(path)).find()).isFalse());
		}
	}

	@Test
	void everyReasonOfAResetIsInItsTable() throws IOException {
		assertThat(firstCodes("| Reason of a reset |")).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(ResetReason.values()).map(ResetReason::toString).toList());
	}

	@Test
	void everyReasonOfAnEndIsInItsTable() throws IOException {
		assertThat(cells("| How |", 3))
			.containsOnlyOnceElementsOf(Arrays.stream(DisconnectReason.values())
				.filter((reason) -> reason != DisconnectReason.REFUSED)
				.map(Enum::name)
				.toList())
			.contains(DisconnectReason.REFUSED.name());
	}

	@Test
	void everyDepartureIsInItsTable() throws IOException {
		assertThat(firstCodes("| Departure |"))
			.containsExactlyElementsOf(Arrays.stream(Departure.values()).map(Enum::name).toList());
	}

	private static List<String> firstCodes(String head) throws IOException {
		return cells(head, 1);
	}

	/** Return what stands as code in a column of the table with that head. */
	private static List<String> cells(String head, int column) throws IOException {
		List<String> lines = Files.readAllLines(DOCUMENT);
		assertThat(lines).filteredOn((line) -> line.startsWith(head)).hasSize(1);
		return lines.stream()
			.dropWhile((line) -> !line.startsWith(head))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> line.split("\\|")[column])
			.flatMap((cell) -> CODE.matcher(cell).results().map((MatchResult match) -> match.group(1)))
			.toList();
	}

}
