package io.github.bettersse.webmvc;

import java.io.IOException;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Handshake;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SessionStateFactory;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the state of a session comes from.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "better-sse.send-retry=false")
class SessionStateTests {

	@LocalServerPort
	private int port;

	@Test
	void aFactoryBeanIsFoundByItsGenericType() throws IOException {
		assertThat(received("/user?name=ada")).endsWith("\n\nid: 1\ndata: \"ada\"\n\n");
	}

	@Test
	void theTypeMayBeThatOfAGenericController() throws IOException {
		assertThat(received("/generic?name=ada")).endsWith("\n\nid: 1\ndata: {\"name\":\"ada\"}\n\n");
	}

	@Test
	void aFactoryThatThrowsGetsItsOrdinaryAnswer() throws IOException {
		assertThat(received("/user")).startsWith("HTTP/1.1 401 \n");
	}

	@Test
	void aConstructorWithoutArgumentsServes() throws IOException {
		assertThat(received("/counter")).endsWith("\n\nid: 1\ndata: 1\n\n");
		assertThat(received("/counter")).endsWith("\n\nid: 1\ndata: 1\n\n");
	}

	@Test
	void theStateOfTheOptionsGoesBeforeAConstructor() throws IOException {
		assertThat(received("/shared-counter")).endsWith("\n\nid: 1\ndata: 42\n\n");
	}

	@Test
	void thereIsNoneWithoutFactoryAndConstructor() throws IOException {
		assertThat(received("/text")).endsWith("\n\nid: 1\ndata: \"none\"\n\n");
	}

	private String received(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Connection: close")) {
			return client.readHead() + client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, UserStreams.class })
	static class Application {

		@Bean
		SessionStateFactory<User> users() {
			return (handshake) -> new User(requireName(handshake));
		}

		@Bean
		SessionStateFactory<Integer> numbers() {
			return (handshake) -> 0;
		}

		@Bean
		SessionOptions<Counter> counterOptions() {
			Counter counter = new Counter();
			counter.value = 41;
			return SessionOptions.<Counter>builder().state(counter).build();
		}

		private static String requireName(Handshake handshake) {
			String name = handshake.getQueryParameter("name");
			if (name == null) {
				throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
			}
			return name;
		}

	}

	@RestController
	static class Streams {

		@SseEndpoint("/user")
		void user(Session<User> session) {
			session.push(SseEvent.of(session.getState().name()).id("1")).close();
		}

		@SseEndpoint("/counter")
		void counter(Session<Counter> session) {
			session.push(SseEvent.of(++session.getState().value).id("1")).close();
		}

		@SseEndpoint(path = "/shared-counter", options = "counterOptions")
		void sharedCounter(Session<Counter> session) {
			counter(session);
		}

		@SseEndpoint("/text")
		void text(Session<StringBuffer[]> session) {
			Object state;
			try {
				state = session.getState();
			}
			catch (IllegalStateException ex) {
				state = "none";
			}
			session.push(SseEvent.of(state).id("1")).close();
		}

	}

	abstract static class GenericStreams<S> {

		@SseEndpoint("/generic")
		void stream(Session<S> session) {
			session.push(SseEvent.of(session.getState()).id("1")).close();
		}

	}

	@RestController
	static class UserStreams extends GenericStreams<User> {

	}

	record User(String name) {
	}

	static class Counter {

		private int value;

		public Counter() {
		}

	}

}
