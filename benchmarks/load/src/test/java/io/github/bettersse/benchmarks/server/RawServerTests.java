package io.github.bettersse.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.benchmarks.load.LoadClient;
import io.github.bettersse.benchmarks.load.LoadOptions;
import io.github.bettersse.benchmarks.load.LoadResult;
import io.github.bettersse.benchmarks.load.Probe;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client against a server of another process, as in a benchmark.
 */
class RawServerTests {

	@Test
	void deliversAndEndsWithItsInput() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-Xmx256m", "-cp", System.getProperty("java.class.path"), RawServer.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader out = process.inputReader()) {
			int port = Integer.parseInt(out.readLine().substring("port ".length()));
			assertThat(run(LoadOptions.broadcast(port, 50, 100, 100, 0)).verdict()).isEqualTo("ok");
			LoadResult paced = run(LoadOptions.broadcast(port, 50, 10, 16, 100));
			assertThat(paced.verdict()).isEqualTo("ok");
			assertThat(paced.seconds()).isGreaterThan(0.08);
			process.outputWriter().append("memory\n").flush();
			assertThat(out.readLine()).matches("memory \\d+");
			process.getOutputStream().close();
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static LoadResult run(LoadOptions options) throws IOException {
		try (LoadClient client = new LoadClient(options.withTimeout(Duration.ofSeconds(20)))) {
			client.connect();
			return client.run(Probe.NONE);
		}
	}

}
