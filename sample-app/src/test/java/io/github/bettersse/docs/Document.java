package io.github.bettersse.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Markdown page of this project.
 */
record Document(Path path, String text) {

	static final Document README = read("README.md");

	static final Document GETTING_STARTED = read("docs/getting-started.md");

	/** A fenced block, and the name of a file if the line before is nothing else. */
	private static final Pattern SNIPPET = Pattern.compile(
			"^(?:`(?<file>[^`\\n]+)`\\n\\n)?```(?<language>\\w+)\\n(?<text>.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	static Document read(String path) {
		return read(root().resolve(path));
	}

	static Document read(Path path) {
		try {
			return new Document(path, Files.readString(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return all pages at the top, in {@code .github} and under {@code docs}. */
	static List<Document> all() {
		try (Stream<Path> top = Files.list(root());
				Stream<Path> github = Files.list(root().resolve(".github"));
				Stream<Path> docs = Files.walk(root().resolve("docs"))) {
			return Stream.of(top, github, docs)
				.flatMap((paths) -> paths)
				.filter((path) -> path.toString().endsWith(".md"))
				.sorted()
				.map(Document::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return the text of all files in a directory. */
	static List<String> sources(String directory) {
		try (Stream<Path> files = Files.list(root().resolve(directory))) {
			return files.map(Document::read).map(Document::text).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return the directory of the whole project; tests run in that of a module. */
	static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("docs/getting-started.md"))) {
			directory = directory.getParent();
		}
		return directory;
	}

	List<Snippet> snippets() {
		return SNIPPET.matcher(this.text).results().map(Document::snippet).toList();
	}

	List<Snippet> snippets(String language) {
		return snippets().stream().filter((snippet) -> snippet.language().equals(language)).toList();
	}

	private static Snippet snippet(MatchResult match) {
		return new Snippet((match.group(1) != null) ? match.group(1) : "", match.group(2), match.group(3));
	}

	List<String> links() {
		return LINK.matcher(this.text).results().map((match) -> match.group(1)).toList();
	}

	/** Return the fragments by which headings can be linked to. */
	List<String> anchors() {
		List<String> anchors = new ArrayList<>();
		HEADING.matcher(this.text)
			.results()
			.map((match) -> match.group(1))
			.forEach((heading) -> anchors.add(heading.toLowerCase().replaceAll("[^\\w\\- ]", "").replace(' ', '-')));
		return anchors;
	}

	@Override
	public String toString() {
		return root().relativize(this.path).toString();
	}

	/**
	 * A fenced block.
	 *
	 * @param file the file it belongs into, may be empty
	 * @param language what stands after the fence
	 * @param text what is in it
	 */
	record Snippet(String file, String language, String text) {

		private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);$", Pattern.MULTILINE);

		private static final Pattern TYPE = Pattern
			.compile("^(?:public )?(?:abstract |final )?(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

		/** Return where the compiler wants Java source to be. */
		String sourceFile() {
			return "src/main/java/" + first(PACKAGE).replace('.', '/') + "/" + first(TYPE) + ".java";
		}

		boolean isWholeFile() {
			return PACKAGE.matcher(this.text).find();
		}

		/** Return whether the lines are in a source one after the other, at any depth. */
		boolean isExcerptOf(String source) {
			return IntStream.range(0, 4)
				.mapToObj("\t"::repeat)
				.map((indent) -> "\n" + this.text.replaceAll("(?m)^(?=.)", indent))
				.anyMatch(source::contains);
		}

		private String first(Pattern pattern) {
			return pattern.matcher(this.text)
				.results()
				.map((match) -> match.group(1))
				.findFirst()
				.orElseThrow(() -> new AssertionError("A Java snippet has to be a whole file:\n" + this.text));
		}

	}

}
