package io.github.bettersse.benchmarks.run;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.benchmarks.run.ServerSpec.UnavailableException;

/**
 * Programs of this machine that a server may need.
 */
final class Tool {

	private static final int MINUTES = 30;

	private Tool() {
	}

	/**
	 * Check that a program is there.
	 */
	static void require(String name) throws UnavailableException {
		boolean found = Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, name)));
		if (!found) {
			throw new UnavailableException("no " + name + " on this machine");
		}
	}

	/**
	 * Run a program to its end.
	 */
	static void run(Path directory, String... command) throws UnavailableException {
		try {
			Process process = new ProcessBuilder(command).directory(directory.toFile())
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
				process.destroyForcibly();
			}
			if (process.waitFor() != 0) {
				throw new UnavailableException(List.of(command) + " fails");
			}
		}
		catch (IOException ex) {
			throw new UnavailableException(String.valueOf(ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Return a port that nobody listens at. */
	static int freePort() throws UnavailableException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UnavailableException(String.valueOf(ex.getMessage()));
		}
	}

}
