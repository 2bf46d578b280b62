package io.github.bettersse.sample.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that was started from here, and says in a line of its output that it is
 * ready. Its standard input ends with this process, by which it can tell. Thread-safe.
 */
final class ChildProcess {

	private static final int MAX_END_SECONDS = 5;

	private final String name;

	private final Pattern readyLine;

	private final boolean shown;

	private final Process process;

	private final CompletableFuture<String> ready = new CompletableFuture<>();

	private volatile boolean stopping;

	private ChildProcess(String name, Pattern readyLine, boolean shown, Process process) {
		this.name = name;
		this.readyLine = readyLine;
		this.shown = shown;
		this.process = process;
	}

	/**
	 * Start a program.
	 * @param name what stands before each line of its output
	 * @param readyLine what it says when it is ready; the first group is of interest
	 * @param shown whether its other lines are shown
	 * @param command the program and its arguments
	 */
	static ChildProcess start(String name, Pattern readyLine, boolean shown, List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			ChildProcess child = new ChildProcess(name, readyLine, shown, process);
			Thread reader = new Thread(child::read, "output of " + name);
			reader.setDaemon(true);
			reader.start();
			return child;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				Matcher matcher = this.readyLine.matcher(line);
				if (matcher.find()) {
					this.ready.complete(matcher.group(1));
				}
				else if (this.shown && !this.stopping) {
					Terminal.print(this.name + " | " + line);
				}
			}
		}
		catch (IOException ex) {
			// It has ended.
		}
		this.ready.completeExceptionally(new IllegalStateException(this.name + " has ended"));
	}

	/** Return what it says when it is ready, or fail if it ends before. */
	CompletableFuture<String> ready() {
		return this.ready;
	}

	Process process() {
		return this.process;
	}

	/** End it as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
	}

	/** Let it end in order. */
	void stop() {
		this.stopping = true;
		this.process.destroy();
	}

	/** Wait until it has ended, and no longer than is good. */
	void awaitEnd() {
		try {
			if (!this.process.waitFor(MAX_END_SECONDS, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			kill();
			Thread.currentThread().interrupt();
		}
	}

}
