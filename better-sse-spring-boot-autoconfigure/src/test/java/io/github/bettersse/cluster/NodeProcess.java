package io.github.bettersse.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node in a JVM of its own, which does what it is told on its standard input.
 */
final class NodeProcess implements AutoCloseable {

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());

	private final Semaphore published = new Semaphore(0);

	private final Process process;

	private final PrintStream orders;

	private final Thread reader;

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
		this.reader = new Thread(this::read, "answers of a node");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.process.getInputStream()))) {
			lines.lines().forEach(this::take);
		}
		catch (IOException | UncheckedIOException ex) {
			// It is gone
		}
	}

	private void take(String line) {
		if (line.startsWith(NodeApplication.ACKNOWLEDGED)) {
			this.acknowledged.add(line.substring(NodeApplication.ACKNOWLEDGED.length()));
		}
		else if (line.equals(NodeApplication.PUBLISHED)) {
			this.published.release();
		}
		else if (line.startsWith(NodeApplication.ANSWER)) {
			this.answers.add(line.substring(NodeApplication.ANSWER.length()));
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

	/** Let it publish no more. */
	void stopPublishing() {
		this.orders.println("stop");
	}

	/** Wait until it publishes no more. */
	void awaitPublished() throws InterruptedException {
		assertThat(this.published.tryAcquire(60, TimeUnit.SECONDS)).as("all published within a minute").isTrue();
	}

	boolean hasPublished() {
		return this.published.availablePermits() > 0;
	}

	/** Return what its publishers know to be in the log, in their order. */
	List<String> acknowledged() {
		synchronized (this.acknowledged) {
			return List.copyOf(this.acknowledged);
		}
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

	/** Kill it, and take what it has said until then. */
	void kill() throws InterruptedException {
		// Not by the process itself, which closes what it reads from
		this.process.toHandle().destroyForcibly();
		awaitEnd();
	}

	private void awaitEnd() throws InterruptedException {
		assertThat(this.process.waitFor(30, TimeUnit.SECONDS)).as("an end within 30 s").isTrue();
		this.reader.join(TimeUnit.SECONDS.toMillis(30));
		assertThat(this.reader.isAlive()).as("all read within 30 s").isFalse();
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
		awaitEnd();
		assertThat(this.process.exitValue()).isZero();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

}
