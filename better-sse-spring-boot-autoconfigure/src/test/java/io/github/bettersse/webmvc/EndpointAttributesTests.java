package io.github.bettersse.webmvc;

import java.io.IOException;
import java.time.Duration;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the attributes of {@link SseEndpoint} and the properties change on the wire.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "better-sse.retry=3s", "better-sse.headers.X-Property=of property",
				"better-sse.headers.X-Accel-Buffering=", "better-sse.headers.Vary[0]=Cookie",
				"better-sse.headers.Vary[1]=Accept", "better-sse.headers.Cache-Control=no-cache, no-transform",
				"app.retry=700ms", "app.name=X-Resolved" })
class EndpointAttributesTests {

	@LocalServerPort
	private int port;

	@Test
	void propertiesHoldForAnEndpointWithoutAttributes() throws IOException {
		assertThat(answer("/plain")).isEqualTo("""
				HTTP/1.1 200\s
				Cache-Control: no-cache, no-transform
				Pragma: no-cache
				Vary: Cookie
				Vary: Accept
				X-Property: of property
				Connection: close
				Content-Type: text/event-stream

				retry: 3000

				""");
	}

	@Test
	void attributesGoBeforeProperties() throws IOException {
		assertThat(answer("/attributes")).isEqualTo("""
				HTTP/1.1 202\s
				Cache-Control: no-cache, no-transform
				Vary: Cookie
				Vary: Accept
				X-Property: of attribute
				X-Resolved: 1
				X-Resolved: 2
				Connection: close
				Content-Type: text/event-stream

				retry: 700

				""");
	}

	@Test
	void attributesGoBeforeTheOptionsBean() throws IOException {
		assertThat(answer("/options")).isEqualTo("""
				HTTP/1.1 200\s
				Cache-Control: no-cache, no-transform
				Pragma: no-cache
				Vary: Cookie
				Vary: Accept
				X-Property: of bean
				Connection: close
				Content-Type: text/event-stream

				retry: 1000

				id: 1
				data: text

				""");
	}

	@Test
	void jitterIsAddedToTheReconnectionTime() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/jitter")) {
			client.readHead();
			client.readRest();
			assertThat(client.received().getRetries()).singleElement()
				.satisfies((retry) -> assertThat(retry).isBetween(1000L, 6000L));
		}
	}

	@Test
	void noRetryIsSentWhereTheOptionsSaySo() throws IOException {
		assertThat(body("/no-retry")).isEqualTo("");
	}

	@Test
	void aCommentIsSentWhileNothingElseIs() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/keep-alive")) {
			client.readHead();
			assertThat(client.readBody(19)).isEqualTo("retry: 3000\n\n:\n\n:\n\n");
		}
	}

	@Test
	void aStreamCanBeOpenedByPost() throws IOException {
		String request = """
				POST /post HTTP/1.1
				Host: localhost
				Content-Type: text/plain
				Content-Length: 5

				hello""".replace("\n", "\r\n");
		try (EventStreamClient client = EventStreamClient.send(this.port, request)) {
			client.readHead();
			assertThat(client.readRest()).isEqualTo("retry: 3000\n\nid: 1\ndata: \"hello\"\n\n");
		}
	}

	private String body(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path)) {
			client.readHead();
			return client.readRest();
		}
	}

	private String answer(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path)) {
			return client.readHead() + client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

		@Bean
		SessionOptions<?> textOptions() {
			return SessionOptions.builder()
				.serializer(DataSerializer.ofText(Object::toString))
				.header("X-Property", "of bean")
				.retry(Duration.ofSeconds(9))
				.build();
		}

		@Bean
		SessionOptions<?> noRetryOptions() {
			return SessionOptions.builder().noRetry().build();
		}

	}

	@RestController
	static class Streams {

		@SseEndpoint("/plain")
		void plain(Session<?> session) {
			session.close();
		}

		@SseEndpoint(path = "/attributes", status = 202, retry = "${app.retry}",
				headers = { "X-Property: of attribute", "Pragma:", "${app.name}: 1", "${app.name}:2" })
		void attributes(Session<?> session) {
			session.close();
		}

		@SseEndpoint(path = "/options", options = "textOptions", retry = "1s")
		void options(Session<?> session) {
			session.push(SseEvent.of("text").id("1")).close();
		}

		@SseEndpoint(path = "/jitter", retry = "1s", retryJitter = "PT5S")
		void jitter(Session<?> session) {
			session.close();
		}

		@SseEndpoint(path = "/no-retry", options = "noRetryOptions")
		void noRetry(Session<?> session) {
			session.close();
		}

		@SseEndpoint(path = "/keep-alive", keepAlive = "10ms")
		void keepAlive(Session<?> session) {
		}

		@SseEndpoint(path = "/post", method = RequestMethod.POST)
		void post(Session<?> session, @RequestBody String body) {
			session.push(SseEvent.of(body).id("1")).close();
		}

	}

}
