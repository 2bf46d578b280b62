package io.github.bettersse.browser;

import java.nio.file.Path;

import io.github.bettersse.tools.Node;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the tests of the client's parts in Node.js, where time and the network are the
 * tests' own.
 */
class ClientNodeTests {

	private static final Path TESTS = Path.of("..", "better-sse-spring-boot-autoconfigure", "src", "test", "node");

	@Test
	void partsOfTheClientPassTheirTests() throws Exception {
		String output = Node.withoutPackages().run("--test", "--test-reporter=tap", TESTS.toAbsolutePath() + "/");
		assertThat(output).containsPattern("(?m)^# fail 0$").containsPattern("(?m)^# pass [3-9]\\d$");
	}

}
