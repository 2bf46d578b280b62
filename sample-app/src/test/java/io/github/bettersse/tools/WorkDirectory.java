package io.github.bettersse.tools;

import java.nio.file.Path;

/**
 * Where tests of this process keep files: tests of another one run at the same time.
 */
final class WorkDirectory {

	private static final Path DIRECTORY = Path.of("target", "process-" + ProcessHandle.current().pid());

	private WorkDirectory() {
	}

	static Path of(String name) {
		return DIRECTORY.resolve(name);
	}

}
