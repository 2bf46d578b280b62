package io.github.bettersse.tools;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An nginx or HAProxy in front of a server. Where it is not installed, the tests are
 * skipped, unless {@code BETTER_SSE_REQUIRE_PROXIES} is {@code true}.
 */
public final class Proxy implements AutoCloseable {

	private static final Prerequisite prerequisite = new Prerequisite("Tests with proxies",
			"BETTER_SSE_REQUIRE_PROXIES");

	private final Process process;

	private final int port;

	private Proxy(List<String> command, int port, Path log) throws IOException {
		this.port = port;
		this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !this.process.isAlive() || accepts(port));
			if (!this.process.isAlive()) {
				throw new IllegalStateException(Files.readString(log));
			}
		}
		catch (RuntimeException | IOException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Start an nginx.
	 * @param directory where it may write
	 * @param site what stands in {@code http}: it listens on port 80, and the server is
	 * on 8080 of this machine
	 * @param target the port of the server
	 */
	public static Proxy nginx(Path directory, String site, int target) throws IOException {
		File program = prerequisite.program("nginx");
		int port = freePort();
		Path file = Files.writeString(directory.resolve("nginx.conf"), """
				daemon off;
				master_process off;
				pid nginx.pid;
				events {
				}
				http {
					access_log off;
					client_body_temp_path client_body;
					proxy_temp_path proxy;
					fastcgi_temp_path fastcgi;
					uwsgi_temp_path uwsgi;
					scgi_temp_path scgi;
				%s}
				""".formatted(onPorts(site, "listen 80;", "listen 127.0.0.1:" + port + ";", target)));
		return new Proxy(List.of(program.getPath(), "-p", directory + "/", "-c", file.toString(), "-e", "stderr"), port,
				directory.resolve("log"));
	}

	/**
	 * Start an HAProxy.
	 * @param directory where it may write
	 * @param configuration all of it: it listens on port 80, and the server is on 8080 of
	 * this machine
	 * @param target the port of the server
	 */
	public static Proxy haproxy(Path directory, String configuration, int target) throws IOException {
		File program = prerequisite.program("haproxy");
		int port = freePort();
		Path file = Files.writeString(directory.resolve("haproxy.cfg"),
				onPorts(configuration, "bind :80\n", "bind 127.0.0.1:" + port + "\n", target));
		return new Proxy(List.of(program.getPath(), "-db", "-f", file.toString()), port, directory.resolve("log"));
	}

	private static String onPorts(String configuration, String listen, String listenHere, int target) {
		String server = "127.0.0.1:8080";
		assertThat(configuration).containsOnlyOnce(listen).containsOnlyOnce(server);
		return configuration.replace(listen, listenHere).replace(server, "127.0.0.1:" + target);
	}

	/** Neither of them can be told to choose. */
	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static boolean accepts(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	public int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
