package io.github.bettersse.tools;

import java.io.File;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Something that tests need on the machine. Without it they are skipped, unless a
 * variable of the environment is {@code true}.
 *
 * @param purpose what is skipped
 * @param variable the variable that makes a lack an error
 */
record Prerequisite(String purpose, String variable) {

	File program(String... names) {
		return Stream.of(names)
			.map(Prerequisite::findOnPath)
			.flatMap(Optional::stream)
			.findFirst()
			.orElseGet(() -> lack("No " + String.join(" or ", names) + " on the PATH"));
	}

	<T> T lack(String problem) {
		return Boolean.parseBoolean(System.getenv(this.variable)) ? fail(problem)
				: abort(this.purpose + " are skipped: " + problem);
	}

	private static Optional<File> findOnPath(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst();
	}

}
