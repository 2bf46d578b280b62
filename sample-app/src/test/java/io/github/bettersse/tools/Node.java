package io.github.bettersse.tools;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * The Node.js that is installed, with the packages in {@code src/test/node}. Without one,
 * or without packages, the tests are skipped, unless {@code BETTER_SSE_REQUIRE_NODE} is
 * {@code true}.
 */
public final class Node {

	/** What is checked in. */
	public static final Path SOURCES = Path.of("src", "test", "node");

	private static final Prerequisite prerequisite = new Prerequisite("Tests with Node.js", "BETTER_SSE_REQUIRE_NODE");

	private final File program;

	private final Path directory;

	private Node(File program, String directory) {
		this.program = program;
		this.directory = WorkDirectory.of(directory);
	}

	public static Node install() throws IOException, InterruptedException {
		return install(SOURCES);
	}

	/**
	 * Install what another directory with a package file has.
	 * @param sources the directory
	 */
	public static Node install(Path sources) throws IOException, InterruptedException {
		Node node = new Node(prerequisite.program("node"), sources.getFileName().toString());
		FileSystemUtils.deleteRecursively(node.directory);
		FileSystemUtils.copyRecursively(sources, node.directory);
		Output output = node.run(60, List.of(prerequisite.program("npm").getPath(), "ci", "--ignore-scripts"));
		return (output.status() == 0) ? node : prerequisite.lack("npm ci failed:\n" + output.text());
	}

	/** Return what is installed for scripts that need no packages. */
	public static Node withoutPackages() throws IOException {
		Node node = new Node(prerequisite.program("node"), "plain-node");
		Files.createDirectories(node.directory);
		return node;
	}

	/**
	 * Run a script and return what it prints.
	 * @param script the script and its arguments
	 */
	public String run(String... script) throws IOException, InterruptedException {
		Output output = run(20, Stream.concat(Stream.of(this.program.getPath()), Stream.of(script)).toList());
		if (output.status() != 0) {
			throw new AssertionError(output.text());
		}
		return output.text();
	}

	/**
	 * Run a script as a page would.
	 * @param script the text of the script
	 * @param server what relative addresses are relative to
	 * @param lines after how many lines it is enough, 0 to wait until it ends
	 */
	public String runAsPage(String script, String server, int lines) throws IOException, InterruptedException {
		Files.writeString(this.directory.resolve("script.mjs"), script);
		return run("page.mjs", server, "./script.mjs", Integer.toString(lines));
	}

	/** Return where scripts run. */
	public Path directory() {
		return this.directory;
	}

	private Output run(int seconds, List<String> command) throws IOException, InterruptedException {
		File file = File.createTempFile("output", ".txt", new File("target"));
		Process process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(file)
			.start();
		try {
			boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
			String text = Files.readString(file.toPath(), StandardCharsets.UTF_8);
			return new Output(ended ? process.exitValue() : -1, text);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private record Output(int status, String text) {

	}

}
