package io.github.bettersse.sample;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample as it was processed ahead of time, in a JVM of its own.
 */
class AheadOfTimeTests {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+) ");

	@Test
	void streamsAsEver(@TempDir Path directory) throws Exception {
		Path output = directory.resolve("output.txt");
		Process application = new ProcessBuilder(
				System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-Dspring.aot.enabled=true", "-cp", System.getProperty("java.class.path"),
				SampleApplication.class.getName(), "--server.port=0", "--server.address=127.0.0.1")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			int port = awaitPort(application, output);
			assertThat(Files.readString(output)).contains("Starting AOT-processed SampleApplication");
			try (SseTestClient ticker = SseTestClient.on(port).connect("/ticker");
					SseTestClient chat = SseTestClient.on(port).connect("/chat?username=ada")) {
				assertThat(ticker.getStatus()).isEqualTo(200);
				assertThat(ticker.nextEvent("tick").data()).matches("\\{\"count\":\\d+,\"online\":1}");
				assertThat(chat.nextEvent("caught-up").data()).isEqualTo("null");
			}
		}
		finally {
			application.destroyForcibly().waitFor();
		}
	}

	private static int awaitPort(Process application, Path output) throws Exception {
		await().atMost(Duration.ofMinutes(1))
			.until(() -> !application.isAlive() || STARTED.matcher(Files.readString(output)).find());
		String text = Files.readString(output);
		Matcher started = STARTED.matcher(text);
		assertThat(started.find()).as(text).isTrue();
		return Integer.parseInt(started.group(1));
	}

}
