package io.github.bettersse.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.lettuce.core.ClientOptions;
import org.junit.jupiter.api.Assumptions;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A Redis server of its own, on a free port and with a directory of its own: the one that
 * the environment variable {@code BETTER_SSE_REDIS_SERVER} names, else one from a jar.
 */
public final class RedisProcess implements AutoCloseable {

	private final int port = freePort();

	private final Path directory;

	private final List<String> command = new ArrayList<>();

	private final LettuceConnectionFactory connections;

	private Process process;

	private RedisProcess(Function<RedisProcess, List<String>> options) throws IOException {
		this.directory = Files.createTempDirectory("redis");
		this.command.add(server());
		this.command.addAll(options.apply(this));
		this.connections = connections(this.port);
		Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
		restart();
	}

	/** Start a server with options as on its command line. */
	public static RedisProcess start(String... options) {
		return start((process) -> {
			List<String> all = new ArrayList<>(List.of("--port", String.valueOf(process.port), "--bind", "127.0.0.1",
					"--dir", process.directory.toString(), "--save", "", "--repl-diskless-sync-delay", "0", "--logfile",
					"redis.log"));
			all.addAll(List.of(options));
			return all;
		});
	}

	/**
	 * Start what watches over a master, and puts a replica in its place after a second.
	 */
	public static RedisProcess startSentinel(String master, int masterPort) {
		return start((process) -> {
			Path file = process.directory.resolve("sentinel.conf");
			try {
				Files.writeString(file, """
						port %2$d
						bind 127.0.0.1
						dir %3$s
						logfile redis.log
						sentinel monitor %1$s 127.0.0.1 %4$d 1
						sentinel down-after-milliseconds %1$s 1000
						sentinel parallel-syncs %1$s 2
						""".formatted(master, process.port, process.directory, masterPort));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return List.of(file.toString(), "--sentinel");
		});
	}

	private static RedisProcess start(Function<RedisProcess, List<String>> options) {
		try {
			return new RedisProcess(options);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Skip the test if the server was built without TLS. */
	public static void assumeTls() throws IOException {
		Process asked = new ProcessBuilder(server(), "--port", "0", "--tls-auth-clients", "no")
			.redirectErrorStream(true)
			.start();
		String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		Assumptions.assumeFalse(answer.contains("Bad directive"), "This Redis was built without TLS: " + answer);
	}

	/** Return the path of the server program. */
	private static String server() throws IOException {
		String given = System.getenv("BETTER_SSE_REDIS_SERVER");
		if (given != null) {
			return given;
		}
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
		String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
		Path program = Path.of(System.getProperty("java.io.tmpdir"),
				"better-sse-redis-server-" + ProcessHandle.current().pid());
		if (!Files.exists(program)) {
			String name = "/redis-server-7.0.15-" + system + "-" + processor;
			try (InputStream in = RedisProcess.class.getResourceAsStream(name)) {
				Assumptions.assumeTrue(in != null, "There is no Redis for this machine: " + name);
				Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
			}
			assertThat(program.toFile().setExecutable(true)).isTrue();
			program.toFile().deleteOnExit();
		}
		return program.toString();
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return what opens connections to a port, each a new one. */
	public static LettuceConnectionFactory connections(int port) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port),
				LettuceClientConfiguration.builder()
					.clientOptions(ClientOptions.builder().autoReconnect(false).build())
					.commandTimeout(Duration.ofSeconds(2))
					.shutdownQuietPeriod(Duration.ZERO)
					.build());
		factory.setShareNativeConnection(false);
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	public int port() {
		return this.port;
	}

	public Path directory() {
		return this.directory;
	}

	public LettuceConnectionFactory connections() {
		return this.connections;
	}

	/** Do something with a connection. */
	public <T> T with(Function<RedisConnection, T> action) {
		try (RedisConnection connection = this.connections.getConnection()) {
			return action.apply(connection);
		}
	}

	/** Send a command. */
	public Object command(String name, String... arguments) {
		byte[][] bytes = new byte[arguments.length][];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = LogKeys.bytes(arguments[i]);
		}
		return with((connection) -> connection.execute(name, bytes));
	}

	/** Return what the server says of itself in a section. */
	public String info(String section) {
		Properties info = with((connection) -> connection.serverCommands().info(section));
		return info.toString();
	}

	/** Start the program again with the same files. */
	public void restart() {
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(this.directory.resolve("redis.out").toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		await().ignoreExceptions().until(() -> "PONG".equals(with(RedisConnection::ping)));
	}

	/** Kill it: nothing is written any more. */
	public void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Take the last writes away from its append-only file, as far as that goes. */
	public void cutTail(int bytes) {
		try (Stream<Path> files = Files.walk(this.directory)) {
			// Before Redis 7 there is one file for all
			Path file = files.filter((path) -> path.toString().matches(".*(\\.incr|/appendonly)\\.aof"))
				.findAny()
				.orElseThrow();
			try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
				content.setLength(content.length() - bytes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Let it stand still. */
	public void freeze() {
		signal("STOP");
	}

	/** Let it go on. */
	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			int code = new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor();
			assertThat(code).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.connections.destroy();
		kill();
	}

}
