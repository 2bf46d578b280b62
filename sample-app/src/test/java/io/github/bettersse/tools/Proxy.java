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
	 * @param target the port of the server
	 * @param directives what stands in the location beside {@code proxy_pass}
	 */
	public static Proxy nginx(Path directory, int target, String... directives) throws IOException {
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
					upstream app {
						server 127.0.0.1:%d;
						keepalive 8;
					}
					server {
						listen 127.0.0.1:%d;
						location / {
							proxy_pass http://app;
							%s
						}
					}
				}
				""".formatted(target, port, String.join("\n", directives)));
		return new Proxy(List.of(program.getPath(), "-p", directory + "/", "-c", file.toString(), "-e", "stderr"), port,
				directory.resolve("log"));
	}

	/**
	 * Start an HAProxy.
	 * @param directory where it may write
	 * @param target the port of the server
	 */
	public static Proxy haproxy(Path directory, int target) throws IOException {
		File program = prerequisite.program("haproxy");
		int port = freePort();
		Path file = Files.writeString(directory.resolve("haproxy.cfg"), """
				defaults
					mode http
					timeout connect 10s
					timeout client 60s
					timeout server 60s
				frontend web
					bind 127.0.0.1:%d
					default_backend app
				backend app
					server app 127.0.0.1:%d
				""".formatted(port, target));
		return new Proxy(List.of(program.getPath(), "-db", "-f", file.toString()), port, directory.resolve("log"));
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
