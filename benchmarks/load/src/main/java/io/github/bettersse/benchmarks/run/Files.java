package io.github.bettersse.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Small files, whole.
 */
final class Files {

	private Files() {
	}

	static String read(Path file) {
		try {
			return java.nio.file.Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Not built: run \"mvn package\" first", ex);
		}
	}

	static void write(Path file, String text) {
		try {
			java.nio.file.Files.createDirectories(file.getParent());
			java.nio.file.Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void copy(Path from, Path to) {
		try {
			java.nio.file.Files.createDirectories(to.getParent());
			java.nio.file.Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
