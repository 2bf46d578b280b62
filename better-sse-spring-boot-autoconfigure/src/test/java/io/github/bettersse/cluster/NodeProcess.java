package io.github.bettersse.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node in a JVM of its own, which does what it is told on its standard input.
 */
final class NodeProcess implements AutoCloseable {

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final Process process;

	private final PrintStream orders;

	private int port;

	NodeProcess(int redisPort, int waitReplicas, Path directory) throws Exception {
		Path log = Files.createTempFile(directory, "node", ".log");
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx192m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				NodeApplication.class.getName(), String.valueOf(redisPort),
				Files.createTempDirectory(directory, "node").toString(), String.valueOf(waitReplicas))
			.redirectError(log.toFile())
			.start();
		this.orders = new PrintStream(this.process.getOutputStream(), true);
		Thread reader = new Thread(this::read, "answers of a node");
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.process.getInputStream()))) {
			lines.lines()
				.filter((line) -> line.startsWith(NodeApplication.ANSWER))
				.map((line) -> line.substring(NodeApplication.ANSWER.length()))
				.forEach(this.answers::add);
		}
		catch (IOException ex) {
			// It is gone
		}
	}

	private String answer() throws InterruptedException {
		String answer = this.answers.poll(60, TimeUnit.SECONDS);
		assertThat(answer).as("an answer of the node within a minute").isNotNull();
		return answer;
	}

	/** Wait until it listens. */
	NodeProcess awaitPort() throws InterruptedException {
		this.port = Integer.parseInt(answer());
		return this;
	}

	int port() {
		return this.port;
	}

	/** Let it broadcast so many events by a name. */
	void publish(String name, int count) {
		this.orders.println("publish " + name + " " + count);
	}

	/** Wait until it has, and return those that were acknowledged. */
	List<String> awaitPublished() throws InterruptedException {
		return List.of(answer().split(" "));
	}

	/** Return what it knows of all nodes, and who of some users is online. */
	List<String> presence(List<String> users) throws InterruptedException {
		this.orders.println("presence " + String.join(" ", users));
		return List.of(answer().split(" "));
	}

	/** Return who was said here to have joined and left. */
	List<String> told() throws InterruptedException {
		this.orders.println("told");
		return Stream.of(answer().split(" ")).filter((text) -> !text.isEmpty()).toList();
	}

	void kill() {
		this.process.destroyForcibly();
	}

	void freeze() throws Exception {
		signal("STOP");
	}

	void resume() throws Exception {
		signal("CONT");
	}

	private void signal(String name) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor())
			.isZero();
	}

	/** End it in order. */
	void end() throws InterruptedException {
		this.orders.println("end");
		assertThat(this.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
	}

	@Override
	public void close() {
		kill();
	}

}
