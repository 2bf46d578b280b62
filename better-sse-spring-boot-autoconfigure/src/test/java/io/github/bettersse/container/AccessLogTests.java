package io.github.bettersse.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams in the access log of the container: one line for each request. It comes at the
 * end of the request, which is that of the stream only if the request is asynchronous.
 */
class AccessLogTests {

	/** What chunks add to the two parts of the body, and its end. */
	private static final int CHUNK_FRAMING = 5 + 6 + 5;

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource
	void eachStreamHasOneLine(Container container) throws Exception {
		final int length;
		try (TestServer server = TestServer.start(new ServerKind(container, false, false),
				container.isTomcat() ? logOfTomcat() : logOfJetty()); StreamClient client = server.connect(false)) {
			length = readToTheEnd(open(client, "/stream", container), server);
			goAway(open(client, "/keep-alive", container), server);
			doNotRead(open(client, "/impatient", container), server);
		}
		List<String> lines = lines();
		if (!container.isAsynchronous()) {
			int retry = ContainerTests.RETRY.length();
			assertThat(lines).containsExactlyInAnyOrder("/stream 200 " + retry, "/keep-alive 200 " + retry,
					"/impatient 200 " + retry);
		}
		else if (!container.isTomcat()) {
			assertThat(lines.stream().sorted()).satisfiesExactly(
					(line) -> assertThat(line).matches("/impatient 200 \\d+"),
					(line) -> assertThat(line).matches("/keep-alive 200 \\d+"),
					(line) -> assertThat(line).isEqualTo("/stream 200 " + length));
		}
		else {
			// Tomcat has 500 for every asynchronous request whose connection fails.
			assertThat(lines.stream().sorted()).satisfiesExactly(
					(line) -> assertThat(line).matches("/impatient 500 \\d+"),
					(line) -> assertThat(line).matches("/keep-alive 500 \\d+"),
					(line) -> assertThat(line).isEqualTo("/stream 200 " + (length + CHUNK_FRAMING)));
		}
	}

	private String[] logOfTomcat() {
		return new String[] { "--server.tomcat.accesslog.enabled=true", "--server.tomcat.accesslog.pattern=%U %s %B",
				"--server.tomcat.accesslog.directory=" + this.directory, "--server.tomcat.accesslog.buffered=false" };
	}

	private String[] logOfJetty() {
		return new String[] { "--server.jetty.accesslog.enabled=true",
				"--server.jetty.accesslog.custom-format=%U %s %O",
				"--server.jetty.accesslog.filename=" + this.directory.resolve("access.log") };
	}

	/** Where it is handed over, only then is it known that no more is counted. */
	private OpenStream open(StreamClient client, String path, Container container) throws Exception {
		OpenStream stream = client.open(path);
		if (!container.isAsynchronous()) {
			await().until(() -> lines().stream().anyMatch((line) -> line.startsWith(path)));
		}
		return stream;
	}

	/** Return how long the body was. */
	private static int readToTheEnd(OpenStream stream, TestServer server) throws Exception {
		String beginning = stream.readBody(ContainerTests.RETRY.length());
		server.streams().nextSession().push(SseEvent.of("later").id("1")).close();
		String rest = stream.readRest();
		assertThat(server.streams().nextReason()).isEqualTo(DisconnectReason.CLOSED);
		assertThat(beginning + rest).isEqualTo(ContainerTests.RETRY + "id: 1\ndata: \"later\"\n\n");
		return beginning.length() + rest.length();
	}

	private static void goAway(OpenStream stream, TestServer server) throws Exception {
		stream.readBody(ContainerTests.RETRY.length());
		server.streams().nextSession();
		stream.cancel();
		assertThat(server.streams().nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
	}

	private static void doNotRead(OpenStream stream, TestServer server) throws Exception {
		server.streams().nextSession().push("x".repeat(8 * 1024 * 1024));
		assertThat(server.streams().nextReason()).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
		stream.awaitCut();
	}

	/** Return what is there so far. */
	private List<String> lines() throws IOException {
		List<String> lines = new ArrayList<>();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.sorted().toList()) {
				lines.addAll(Files.readAllLines(file));
			}
		}
		return lines;
	}

}
