package io.github.bettersse.autoconfigure.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.bettersse.ClosingAfterEach;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.test.EventStreamParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Applications that share a log by their properties alone.
 */
class RedisApplicationTests extends ClosingAfterEach {

	private static final String LOG = "better-sse.log=redis";

	@Test
	void twoLinesMakeALogOfSeveralNodes() throws IOException {
		RedisProcess redis = closing(RedisProcess.start());
		String[] properties = { LOG, "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.port(),
				"management.endpoints.web.exposure.include=sse", "better-sse.redis.node-name=here" };
		NewsApplication one = closing(new NewsApplication(properties));
		NewsApplication two = closing(new NewsApplication(properties));
		EventStreamClient client = connect(one);
		assertThat(client.nextEvent().type()).isEqualTo("stream-cursor");
		two.broadcast("a");
		EventStreamParser.Event first = client.nextEvent();
		assertThat(first.data()).isEqualTo("a");
		one.broadcast("b");
		two.broadcast("c");
		EventStreamClient later = connect(two, "Last-Event-ID: " + client.received().getLastEventId());
		for (EventStreamClient each : List.of(client, later)) {
			assertThat(each.nextEvent().data()).isEqualTo("b");
			assertThat(each.nextEvent().data()).isEqualTo("c");
		}
		await().untilAsserted(() -> {
			String streams = get(one, "/actuator/sse");
			assertThat(streams.replaceAll("\"id\":\"[^\"]+\"", "\"id\":\"?\"").replaceAll("\\d+}$", "?}"))
				.isEqualTo("{\"sessionCount\":1,\"channels\":[{\"name\":\"news\",\"sessionCount\":1}],\"nodes\":["
						+ "{\"id\":\"?\",\"name\":\"here\",\"sessionCount\":1,\"lag\":0},"
						+ "{\"id\":\"?\",\"name\":\"here\",\"sessionCount\":1,\"lag\":0}],\"streamLength\":?}");
			long length = Long.parseLong(streams.replaceAll(".*:(\\d+)}$", "$1"));
			assertThat(length).isBetween(4L,
					Long.parseLong(String.valueOf(redis.command("XLEN", "{better-sse}:stream"))));
		});
	}

	private EventStreamClient connect(NewsApplication application, String... headers) throws IOException {
		EventStreamClient client = closing(EventStreamClient.connect(application.port(), "/news", headers));
		client.readHead();
		return client;
	}

	private static String get(NewsApplication application, String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(application.port(), path, "Connection: close")) {
			client.readHead();
			return client.readRest();
		}
	}

	@Test
	void linkIsEncryptedAndTheUserMayDoWhatTheDocumentationSaysAndNoMore(@TempDir Path directory) throws Exception {
		RedisProcess.assumeTls();
		Certificate certificate = Certificate.create(directory);
		int port = RedisProcess.freePort();
		RedisProcess redis = closing(RedisProcess.start("--tls-port", String.valueOf(port), "--tls-cert-file",
				certificate.certificate(), "--tls-key-file", certificate.key(), "--tls-ca-cert-file",
				certificate.certificate(), "--tls-auth-clients", "no"));
		List<String> user = new ArrayList<>(
				List.of("SETUSER", "sse", "on", ">secret", "resetkeys", "~{shop}:*", "resetchannels", "-@all"));
		documentedCommands().forEach((command) -> user.add("+" + command.toLowerCase().replace(' ', '|')));
		redis.command("ACL", user.toArray(String[]::new));
		redis.command("ACL", "SETUSER", "default", "on", ">other");
		String[] properties = { LOG, "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + port,
				"spring.data.redis.username=sse", "spring.data.redis.password=secret",
				"spring.data.redis.ssl.bundle=redis", "better-sse.redis.key-prefix=shop",
				"spring.ssl.bundle.pem.redis.truststore.certificate=" + certificate.certificate() };
		NewsApplication one = closing(new NewsApplication(properties));
		EventStreamClient client = connect(one);
		assertThat(client.nextEvent().type()).isEqualTo("stream-cursor");
		one.broadcast("a");
		assertThat(client.nextEvent().data()).isEqualTo("a");
		NewsApplication two = closing(new NewsApplication(properties));
		EventStreamClient later = connect(two, "Last-Event-ID: " + client.received().getLastEventId());
		two.broadcast("b");
		assertThat(client.nextEvent().data()).isEqualTo("b");
		assertThat(later.nextEvent().data()).isEqualTo("b");
		properties[6] = "better-sse.redis.key-prefix=forbidden";
		assertThatException().isThrownBy(() -> new NewsApplication(properties).close())
			.withStackTraceContaining("NOPERM");
		properties[7] = "spring.ssl.bundle.pem.redis.truststore.certificate="
				+ Certificate.create(directory).certificate();
		assertThatException().isThrownBy(() -> new NewsApplication(properties).close())
			.withStackTraceContaining("PKIX path");
	}

	/** The commands that the documentation names, with spaces in those of two words. */
	private static List<String> documentedCommands() throws IOException {
		String text = Files.readString(Path.of("..", "docs", "cluster.md"));
		String paragraph = text.substring(text.indexOf("The user needs the commands"), text.indexOf("for all keys"));
		Matcher command = Pattern.compile("`([A-Z ]+)`").matcher(paragraph);
		return command.results().map((result) -> result.group(1)).toList();
	}

}
