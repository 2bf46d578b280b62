package io.github.bettersse.docs;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks up what the page names in place of the names of the other library.
 */
class FromBetterSseTests {

	/** The second column of the tables, and the lines that list what is only here. */
	private static final Pattern COUNTERPARTS = Pattern.compile("(?m)^\\|[^|]*\\|(.*)\\|$|(?s)^Only here: (.*?\\.)\\n");

	private static final Pattern NAME = Pattern.compile("`((?:[A-Z]\\w+\\.)+)([a-z]\\w+)`");

	private static final List<String> PACKAGES = List.of("", ".event", ".servlet", ".webmvc");

	static Stream<MatchResult> names() {
		List<String> counterparts = COUNTERPARTS.matcher(Document.read("docs/from-better-sse.md").text())
			.results()
			.map((match) -> (match.group(1) != null) ? match.group(1) : match.group(2))
			.toList();
		assertThat(counterparts).hasSizeGreaterThan(60);
		return counterparts.stream().flatMap((text) -> NAME.matcher(text).results());
	}

	@ParameterizedTest
	@MethodSource("names")
	void nameExists(MatchResult name) {
		String type = name.group(1).substring(0, name.group(1).length() - 1);
		assertThat(find(type)).as(type)
			.hasValueSatisfying(
					(found) -> assertThat(found.getMethods()).extracting(Method::getName).contains(name.group(2)));
	}

	private static Optional<Class<?>> find(String type) {
		return PACKAGES.stream()
			.map((name) -> "io.github.bettersse" + name + "." + type.replace('.', '$'))
			.filter((name) -> ClassUtils.isPresent(name, null))
			.<Class<?>>map((name) -> ClassUtils.resolveClassName(name, null))
			.findFirst();
	}

}
