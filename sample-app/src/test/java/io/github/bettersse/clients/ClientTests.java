package io.github.bettersse.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.Session;
import io.github.bettersse.clients.StreamClient.Received;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.tools.Node;
import io.github.bettersse.webmvc.SseEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Lets clients of all kinds listen to the same endpoint: it closes the stream twice, to
 * see what they say when they come back, and then stops them.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "spring.web.resources.static-locations=file:src/test/node/")
class ClientTests {

	private static final String LINES = "one line\n\n  a third, indented: äöü 語 🎈";

	private final StoppingController server;

	private final int port;

	ClientTests(@Autowired StoppingController server, @LocalServerPort int port) {
		this.server = server;
		this.port = port;
	}

	static Stream<Arguments> clients() {
		return Stream.of(Stop.values())
			.flatMap((stop) -> Stream
				.of(new JdkHttpClient(), new SpringRestClient(), new SpringWebClient(), new OkHttpEventSource(),
						new ChromiumEventSource(), new NodeClient("eventsource"), new NodeClient("event-source-plus"),
						new NodeClient("fetch-event-source"))
				.filter((client) -> stop == Stop.DISCONNECT || !(client instanceof OkHttpEventSource))
				.map((client) -> Arguments.of(Named.of(client.name(), client), stop)));
	}

	@ParameterizedTest
	@MethodSource("clients")
	@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void clientGetsAllAndComesBackUntilItIsStopped(StreamClient client, Stop stop) throws Exception {
		String key = UUID.randomUUID().toString();
		URI uri = URI.create("http://localhost:" + this.port + "/stopping?client=" + key + "&stop=" + stop);
		assertThat(client.listen(uri)).containsExactly(new Received("greeting", "one", "Hello"),
				new Received("message", "two", client.understands(LINES)),
				new Received("message", "three", "{\"resumed\":true}"));
		List<String> ids = List.of("", "two", "three");
		await().during(Duration.ofMillis(500)).until(() -> this.server.lastEventIds.get(key).equals(ids));
	}

	@Test
	void lockFileNamesNoRegistry() throws IOException {
		assertThat(Files.readString(Node.SOURCES.resolve("package-lock.json"))).doesNotContain("resolved\"", "://");
	}

	enum Stop {

		DISCONNECT, NO_CONTENT

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(StoppingController.class)
	static class Application {

	}

	@RestController
	static class StoppingController {

		private final Map<String, List<String>> lastEventIds = new ConcurrentHashMap<>();

		@SseEndpoint(path = "/stopping", retry = "50ms")
		@Nullable ResponseEntity<Void> connect(Session<Void> session, @RequestParam String client, @RequestParam Stop stop) {
			String id = session.getLastEventId();
			this.lastEventIds.computeIfAbsent(client, (key) -> new CopyOnWriteArrayList<>()).add(id);
			if (id.isEmpty()) {
				session.push(SseEvent.raw("Hello").name("greeting").id("one"));
				session.push(SseEvent.raw(LINES).id("two"));
				session.close();
			}
			else if (id.equals("two")) {
				session.push(Map.of("resumed", true), "message", "three");
				session.close();
			}
			else if (stop == Stop.DISCONNECT) {
				session.disconnect();
			}
			else {
				return ResponseEntity.noContent().build();
			}
			return null;
		}

	}

}
