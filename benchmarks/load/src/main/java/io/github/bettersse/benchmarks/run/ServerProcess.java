package io.github.bettersse.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.bettersse.benchmarks.run.ServerSpec.Command;
import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs. It ends when this is closed, or when this JVM does.
 */
final class ServerProcess implements AutoCloseable {

	private static final int START_SECONDS = 60;

	private static final int ANSWER_SECONDS = 30;

	private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ServerProcess::kill)));
	}

	private final ServerSpec spec;

	private final Process process;

	private final Command command;

	private final Path home;

	private final int port;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private ServerProcess(ServerSpec spec, Command command, Path home) throws IOException, UnavailableException {
		this.spec = spec;
		this.command = command;
		this.home = home;
		Path log = home.resolve("target/logs/" + spec.label().replaceAll("[^\\w.=-]+", "_") + ".log");
		log.getParent().toFile().mkdirs();
		this.process = new ProcessBuilder(command.words()).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		RUNNING.add(this.process);
		Thread reader = new Thread(this::readLines, "output of " + spec.label());
		reader.setDaemon(true);
		reader.start();
		this.port = (command.port() != 0) ? awaitPort(command.port()) : toldPort(log);
	}

	static ServerProcess start(ServerSpec spec, Path home) throws UnavailableException {
		try {
			return new ServerProcess(spec, spec.program().command(home), home);
		}
		catch (IOException ex) {
			throw new UnavailableException(String.valueOf(ex.getMessage()));
		}
	}

	/** Start another one that needs this one. */
	ServerProcess startBeside(ServerSpec other) throws UnavailableException {
		return start(other, this.home);
	}

	private void readLines() {
		try (BufferedReader out = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			out.lines().forEach(this.lines::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.lines.add("unavailable " + ex);
		}
		this.lines.add("unavailable it has ended");
	}

	private int toldPort(Path log) throws UnavailableException {
		String line = nextLine(START_SECONDS, "port ");
		if (line == null) {
			kill(this.process);
			throw new UnavailableException("it does not start, see " + log);
		}
		return Integer.parseInt(line);
	}

	/** Return the rest of the next line of this begin. */
	private @Nullable String nextLine(int seconds, String begin) throws UnavailableException {
		try {
			while (true) {
				String line = this.lines.poll(seconds, TimeUnit.SECONDS);
				if (line == null) {
					return null;
				}
				if (line.startsWith("unavailable ")) {
					kill(this.process);
					throw new UnavailableException(line.substring("unavailable ".length()));
				}
				if (line.startsWith(begin)) {
					return line.substring(begin.length());
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private int awaitPort(int expected) throws UnavailableException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (this.process.isAlive() && System.nanoTime() < deadline) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), expected)) {
				return socket.getPort();
			}
			catch (IOException ex) {
				// Not yet
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
			}
		}
		kill(this.process);
		throw new UnavailableException("it does not listen");
	}

	/**
	 * Ask a Java server.
	 * @return the answer, or -1 if there is none
	 */
	long ask(String question) {
		try {
			this.process.outputWriter(StandardCharsets.US_ASCII).append(question).append('\n').flush();
			String answer = nextLine(ANSWER_SECONDS, question + " ");
			return (answer != null) ? Long.parseLong(answer) : -1;
		}
		catch (IOException | UnavailableException ex) {
			return -1;
		}
	}

	/** Send it a signal, such as {@code STOP}. */
	void signal(String name) throws UnavailableException {
		Tool.run(this.home, "kill", "-" + name, Long.toString(this.process.pid()));
	}

	ServerSpec spec() {
		return this.spec;
	}

	int port() {
		return this.port;
	}

	@Nullable String publishPath() {
		return this.command.publishPath().isEmpty() ? null : this.command.publishPath();
	}

	boolean isJava() {
		return this.spec.program() instanceof ServerSpec.JavaProgram;
	}

	/** Its own, and those that it has started. */
	List<Long> pids() {
		List<Long> pids = new ArrayList<>();
		pids.add(this.process.pid());
		this.process.descendants().map(ProcessHandle::pid).forEach(pids::add);
		return pids;
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			this.process.waitFor(5, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			// It has ended by itself
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		kill(this.process);
		RUNNING.remove(this.process);
	}

	private static void kill(Process process) {
		process.descendants().forEach(ProcessHandle::destroy);
		process.destroyForcibly();
	}

}
