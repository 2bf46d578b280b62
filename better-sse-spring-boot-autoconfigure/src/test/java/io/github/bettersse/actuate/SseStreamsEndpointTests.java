package io.github.bettersse.actuate;

import java.io.IOException;
import java.util.regex.Pattern;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.SessionStateFactory;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the Actuator endpoints say and do, on a management port of their own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=sse,ssesessions", "management.server.port=0",
				"management.endpoint.sse.show-values=always" })
class SseStreamsEndpointTests {

	private static final Pattern VARIABLE = Pattern.compile(
			"(?<=\"id\":\")[^\"]+|(?<=\"age\":\")PT[0-9.]+S|(?<=\"lastWrite\":\")[0-9T:.-]+Z|[0-9a-z]{10}(?=-\\d)");

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	private ChannelRegistry channels;

	@Autowired
	private SseEngine engine;

	@AfterEach
	void endSessions() {
		this.engine.getSessions().forEach(Session::close);
		await().until(() -> this.engine.getSessionCount() == 0);
	}

	@Test
	void itCountsSessionsAndNamesChannels() throws IOException {
		try (EventStreamClient first = EventStreamClient.connect(this.port, "/stream");
				EventStreamClient second = EventStreamClient.connect(this.port, "/stream")) {
			first.readHead();
			second.readHead();
			await().until(() -> news().getSessionCount() == 2);
			assertThat(get("/actuator/sse")).endsWith("\n\n{\"sessionCount\":2,\"channels\":["
					+ "{\"name\":\"empty\",\"sessionCount\":0},{\"name\":\"news/sport\",\"sessionCount\":2}],\"nodes\":[]}");
			assertThat(masked(get("/actuator/sse/empty")).replaceAll("\\?-\\d+", "?"))
				.endsWith("\n\n{\"name\":\"empty\",\"sessionCount\":0,\"position\":\"?\","
						+ "\"history\":{\"events\":0,\"bytes\":0},\"sessions\":[]}");
		}
	}

	@Test
	void itDescribesTheSessionsAndTheHistoryOfAChannel() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/stream")) {
			client.readHead();
			await().until(() -> news().getSessionCount() == 1);
			news().broadcast(SseEvent.raw("a"));
			assertThat(client.nextEvent().data()).isEmpty();
			assertThat(client.nextEvent().data()).isEqualTo("a");
			assertThat(masked(get("/actuator/sse/news/sport"))).endsWith("\n\n{\"name\":\"news/sport\","
					+ "\"sessionCount\":1,\"position\":\"?-1\",\"history\":{\"events\":1,\"bytes\":26,"
					+ "\"oldestPosition\":\"?-1\",\"newestPosition\":\"?-1\"},\"sessions\":[{\"id\":\"?\","
					+ "\"remoteAddress\":\"127.0.0.1\",\"state\":\"secret\",\"age\":\"?\",\"lastWrite\":\"?\","
					+ "\"queuedBytes\":0,\"delivered\":2,\"dropped\":0}]}");
		}
		finally {
			this.channels.remove("news/sport");
		}
	}

	@Test
	void anUnknownChannelIsNotFoundAndNotCreated() throws IOException {
		assertThat(get("/actuator/sse/unknown")).startsWith("HTTP/1.1 404 \n");
		assertThat(this.channels.find("unknown")).isEmpty();
	}

	@Test
	void aSessionIsDisconnectedById() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/stream");
				EventStreamClient other = EventStreamClient.connect(this.port, "/stream?other")) {
			client.readHead();
			other.readHead();
			await().until(() -> news().getSessionCount() == 2);
			Session<?> session = news().getSessions()
				.stream()
				.filter((candidate) -> candidate.getHandshake().getQueryParameters().isEmpty())
				.findFirst()
				.orElseThrow();
			assertThat(delete("/actuator/ssesessions/" + session.getId())).startsWith("HTTP/1.1 204 \n");
			assertThat(client.readRest()).endsWith("event: disconnect\nretry: 2147483647\ndata: null\n\n");
			await().until(() -> news().getSessionCount() == 1);
			assertThat(delete("/actuator/ssesessions/" + session.getId())).startsWith("HTTP/1.1 404 \n");
			assertThat(news().getSessions().iterator().next().isConnected()).isTrue();
		}
	}

	private Channel<Void, Object> news() {
		return Streams.news(this.channels);
	}

	private static String masked(String answer) {
		return VARIABLE.matcher(answer).replaceAll("?");
	}

	private String get(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.managementPort, path, "Connection: close")) {
			return client.readHead() + client.readRest();
		}
	}

	private String delete(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.send(this.managementPort,
				"DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
			return client.readHead();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

		@Bean
		SessionStateFactory<String> states() {
			return (handshake) -> "secret";
		}

	}

	@RestController
	static class Streams {

		private final ChannelRegistry channels;

		Streams(ChannelRegistry channels) {
			this.channels = channels;
			channels.channel("empty");
		}

		static Channel<Void, Object> news(ChannelRegistry channels) {
			return channels.channel("news/sport",
					ChannelOptions.<Void, Object>builder().history(History.ofEvents(10)).build());
		}

		@SseEndpoint("/stream")
		void stream(Session<String> session) {
			news(this.channels).register(session);
		}

	}

}
