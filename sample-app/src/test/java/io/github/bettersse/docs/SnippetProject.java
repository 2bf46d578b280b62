package io.github.bettersse.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import io.github.bettersse.docs.Document.Snippet;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The project that somebody has who has followed a page word by word.
 */
final class SnippetProject {

	private static final List<String> OPTIONS = List.of("--release", "17", "-parameters", "-proc:none",
			"-Xlint:all,-classfile", "-Werror");

	private final Path directory;

	private SnippetProject(Path directory) {
		this.directory = directory;
	}

	static SnippetProject write(Document document, Path directory) throws IOException {
		for (Snippet snippet : document.snippets()) {
			boolean java = snippet.language().equals("java") && snippet.isWholeFile();
			if (java && !snippet.file().isEmpty()) {
				assertThat(snippet.sourceFile()).isEqualTo(snippet.file());
			}
			String name = java ? snippet.sourceFile() : snippet.file();
			if (!name.isEmpty()) {
				Path file = directory.resolve(name);
				Files.createDirectories(file.getParent());
				Files.writeString(file, snippet.text());
			}
		}
		return new SnippetProject(directory);
	}

	/** Return a project that is there. */
	static SnippetProject copy(Path source, Path directory) throws IOException {
		FileSystemUtils.copyRecursively(source.resolve("src"), directory.resolve("src"));
		return new SnippetProject(directory);
	}

	Path resources() {
		return this.directory.resolve("src/main/resources");
	}

	/** Compile all sources and return the directory of the classes. */
	Path compile() throws IOException {
		Path classes = Files.createDirectories(this.directory.resolve("target/classes"));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> paths = Files.walk(this.directory.resolve("src/main/java"))) {
			List<Path> sources = paths.filter(Files::isRegularFile).toList();
			files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
			boolean compiled = compiler
				.getTask(messages, files, null, OPTIONS, null, files.getJavaFileObjectsFromPaths(sources))
				.call();
			assertThat(compiled).as(messages.toString()).isTrue();
		}
		return classes;
	}

}
