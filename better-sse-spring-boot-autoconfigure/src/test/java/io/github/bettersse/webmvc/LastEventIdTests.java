package io.github.bettersse.webmvc;

import java.io.IOException;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the last event id of a client comes from.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "better-sse.send-retry=false")
class LastEventIdTests {

	@LocalServerPort
	private int port;

	@Test
	void itIsEmptyWithoutOne() throws IOException {
		assertThat(received("/echo")).isEqualTo("id: 1\ndata: \"\"\n\n");
	}

	@Test
	void itComesFromTheHeaderInUtf8() throws IOException {
		assertThat(received("/echo?lastEventId=query", "Last-Event-ID: grün 7"))
			.isEqualTo("id: 1\ndata: \"grün 7\"\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lastEventId", "last_event_id", "evs_last_event_id" })
	void itComesFromTheQueryWithoutAHeader(String parameter) throws IOException {
		assertThat(received("/echo?" + parameter + "=gr%C3%BCn")).isEqualTo("id: 1\ndata: \"grün\"\n\n");
	}

	@Test
	void itIsEmptyWhereClientsAreNotTrusted() throws IOException {
		assertThat(received("/untrusted?lastEventId=7", "Last-Event-ID: 7")).isEqualTo("id: 1\ndata: \"\"\n\n");
	}

	private String received(String path, String... headers) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, headers)) {
			client.readHead();
			return client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

		@Bean
		SessionOptions<?> untrusted() {
			return SessionOptions.builder().trustClientEventId(false).build();
		}

	}

	@RestController
	static class Streams {

		@SseEndpoint("/echo")
		void echo(Session<?> session) {
			session.push(SseEvent.of(session.getLastEventId()).id("1")).close();
		}

		@SseEndpoint(path = "/untrusted", options = "untrusted")
		void untrusted(Session<?> session) {
			echo(session);
		}

	}

}
