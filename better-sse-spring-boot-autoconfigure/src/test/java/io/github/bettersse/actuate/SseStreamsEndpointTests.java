package io.github.bettersse.actuate;

import java.io.IOException;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the Actuator endpoint says, on a management port of its own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=sse", "management.server.port=0" })
class SseStreamsEndpointTests {

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	private ChannelRegistry channels;

	@Test
	void itCountsSessionsAndNamesChannels() throws IOException {
		try (EventStreamClient first = EventStreamClient.connect(this.port, "/stream");
				EventStreamClient second = EventStreamClient.connect(this.port, "/stream")) {
			first.readHead();
			second.readHead();
			await().until(() -> this.channels.channel("news/sport").getSessionCount() == 2);
			assertThat(answer("/actuator/sse")).endsWith("\n\n{\"sessionCount\":2,\"channels\":["
					+ "{\"name\":\"empty\",\"sessionCount\":0},{\"name\":\"news/sport\",\"sessionCount\":2}]}");
			assertThat(answer("/actuator/sse/news/sport")).endsWith("\n\n{\"name\":\"news/sport\",\"sessionCount\":2}");
			assertThat(answer("/actuator/sse/empty")).endsWith("\n\n{\"name\":\"empty\",\"sessionCount\":0}");
		}
	}

	@Test
	void anUnknownChannelIsNotFoundAndNotCreated() throws IOException {
		assertThat(answer("/actuator/sse/unknown")).startsWith("HTTP/1.1 404 \n");
		assertThat(this.channels.find("unknown")).isEmpty();
	}

	private String answer(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.managementPort, path, "Connection: close")) {
			return client.readHead() + client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final ChannelRegistry channels;

		Streams(ChannelRegistry channels) {
			this.channels = channels;
			channels.channel("empty");
		}

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
			this.channels.channel("news/sport").register(session);
		}

	}

}
