package io.github.bettersse.sample.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.util.FileSystemUtils;

/**
 * The Redis server that comes as a dependency, so that nothing has to be installed. It
 * keeps nothing on disk.
 */
final class RedisProgram implements AutoCloseable {

	private static final Pattern READY = Pattern.compile("(Ready to accept connections)");

	private final Path directory;

	private final int port;

	private final ChildProcess process;

	private RedisProgram(Path directory, int port, ChildProcess process) {
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	static RedisProgram start() throws IOException {
		Path directory = Files.createTempDirectory("better-sse-redis");
		int port = freePort();
		ChildProcess process = ChildProcess.start("redis", READY, false, List.of(unpack(directory).toString(), "--port",
				Integer.toString(port), "--bind", "127.0.0.1", "--dir", directory.toString(), "--save", ""));
		process.ready().join();
		return new RedisProgram(directory, port, process);
	}

	private static Path unpack(Path directory) throws IOException {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
		String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
		Path program = directory.resolve("redis-server");
		try (InputStream in = RedisProgram.class
			.getResourceAsStream("/redis-server-7.0.15-" + system + "-" + processor)) {
			if (in == null || System.getProperty("os.name").startsWith("Windows")) {
				throw new IllegalStateException("The profile \"cluster\" runs on Linux and macOS.");
			}
			Files.copy(in, program);
		}
		program.toFile().setExecutable(true);
		return program;
	}

	/** It cannot be told to choose. */
	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.stop();
		this.process.awaitEnd();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			Terminal.print("Cannot delete " + this.directory + ": " + ex.getMessage());
		}
	}

}
