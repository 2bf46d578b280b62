package io.github.bettersse.webmvc;

import java.io.IOException;

import io.github.bettersse.ChannelAuthorizer;
import io.github.bettersse.ChannelDeniedException;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
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
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client gets whose session may not be in a channel, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ChannelDeniedTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/stream", "/functional" })
	void isAnOrdinary403(String path) throws IOException {
		try (EventStreamClient client = connect(path, "secret")) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 403 \nContent-Type: application/json\n");
			assertThat(client.readRest()).contains("\"status\":403,\"error\":\"Forbidden\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/stream", "/functional", "/handled" })
	void allowedChannelIsAStream(String path) throws IOException {
		try (EventStreamClient client = connect(path, "public")) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 \n");
			assertThat(client.readBody(13)).isEqualTo("retry: 2000\n\n");
		}
	}

	@Test
	void exceptionHandlerHasAnotherAnswer() throws IOException {
		try (EventStreamClient client = connect("/handled", "secret")) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 404 \n");
			assertThat(client.readRest()).isEqualTo("no secret");
		}
	}

	private EventStreamClient connect(String path, String channel) throws IOException {
		return EventStreamClient.connect(this.port, path + "?channel=" + channel, "Connection: close",
				"Accept: text/event-stream");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, HandledStreams.class })
	static class Application {

		@Bean
		ChannelAuthorizer channelAuthorizer() {
			return (handshake, channel) -> !channel.equals("secret");
		}

		@Bean
		RouterFunction<ServerResponse> functions(ChannelRegistry channels) {
			return RouterFunctions.route()
				.GET("/functional", (request) -> SseServerResponse.create(request,
						(session) -> channels.channel(request.param("channel").orElseThrow()).register(session)))
				.build();
		}

	}

	@RestController
	static class Streams {

		private final ChannelRegistry channels;

		Streams(ChannelRegistry channels) {
			this.channels = channels;
		}

		@SseEndpoint("/stream")
		void stream(Session<?> session, String channel) {
			this.channels.channel(channel).register(session);
		}

	}

	@RestController
	static class HandledStreams extends Streams {

		HandledStreams(ChannelRegistry channels) {
			super(channels);
		}

		@Override
		@SseEndpoint("/handled")
		void stream(Session<?> session, String channel) {
			super.stream(session, channel);
		}

		@ExceptionHandler
		ResponseEntity<String> denied(ChannelDeniedException ex) {
			return ResponseEntity.status(404).body("no " + ex.getChannel());
		}

	}

}
