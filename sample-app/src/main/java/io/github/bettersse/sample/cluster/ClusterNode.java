package io.github.bettersse.sample.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One of the nodes: the sample in a JVM of its own, on a port of its own. It can be
 * killed and started again. Thread-safe.
 */
final class ClusterNode {

	/** What a node says when it serves; see {@code NodeConfiguration}. */
	private static final Pattern READY = Pattern.compile("Serving on port (\\d+)$");

	private final String name;

	private final List<String> command;

	private volatile @Nullable ChildProcess process;

	private volatile int port;

	/**
	 * Describe a node.
	 * @param name its name
	 * @param redisPort the port of Redis
	 * @param start when the cluster was started, from which on the ticker counts
	 */
	ClusterNode(String name, int redisPort, String start) {
		this.name = name;
		this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		this.command.addAll(program());
		this.command.addAll(List.of("--spring.profiles.active=node", "--server.port=0", "--server.address=127.0.0.1",
				"--spring.data.redis.port=" + redisPort, "--sample.node=" + name, "--sample.start=" + start));
	}

	/** Return how this process was started: from an executable jar, or from classes. */
	private static List<String> program() {
		String classPath = System.getProperty("java.class.path");
		boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
		return jar ? List.of("-jar", classPath)
				: List.of("-cp", classPath, "io.github.bettersse.sample.SampleApplication");
	}

	String name() {
		return this.name;
	}

	/** Start it, unless it runs. */
	synchronized void start() {
		if (!isRunning()) {
			this.port = 0;
			ChildProcess process = ChildProcess.start(this.name, READY, true, this.command);
			this.process = process;
			process.ready().thenAccept((port) -> serve(process, Integer.parseInt(port)));
		}
	}

	private synchronized void serve(ChildProcess process, int port) {
		if (process == this.process) {
			this.port = port;
			Terminal.print(this.name + " serves; its process is " + process.process().pid() + ".");
		}
	}

	/** Wait until it serves. */
	void awaitStart() {
		ChildProcess process = this.process;
		if (process != null) {
			process.ready().join();
		}
	}

	private boolean isRunning() {
		ChildProcess process = this.process;
		return process != null && process.process().isAlive();
	}

	/** Return the port on which it serves now, if it does. */
	OptionalInt port() {
		int port = this.port;
		return (port > 0 && isRunning()) ? OptionalInt.of(port) : OptionalInt.empty();
	}

	/** Return the number of its process, or of that which it had last. */
	long pid() {
		ChildProcess process = this.process;
		return (process != null) ? process.process().pid() : 0;
	}

	void kill() {
		ChildProcess process = this.process;
		if (process != null) {
			Terminal.print(this.name + " is killed.");
			process.kill();
		}
	}

	void stop() {
		ChildProcess process = this.process;
		if (process != null) {
			process.stop();
		}
	}

	void awaitEnd() {
		ChildProcess process = this.process;
		if (process != null) {
			process.awaitEnd();
		}
	}

}
