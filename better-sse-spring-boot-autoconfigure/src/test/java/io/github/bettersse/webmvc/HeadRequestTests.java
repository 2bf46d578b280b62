package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Handshake;
import io.github.bettersse.Session;
import io.github.bettersse.UserNameResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code HEAD} is answered with, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class HeadRequestTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Streams streams;

	@Autowired
	private Users users;

	@Test
	void headGetsTheHeadersAndRunsNoHandler() throws IOException {
		String request = "HEAD /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
		try (EventStreamClient client = EventStreamClient.send(this.port, request)) {
			assertThat(client.readHead()).isEqualTo("""
					HTTP/1.1 202\s
					Cache-Control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0
					Pragma: no-cache
					X-Accel-Buffering: no
					X-More: 1
					Content-Type: text/event-stream
					Connection: close

					""");
			assertThat(client.readRaw(1)).isEmpty();
		}
		assertThat(this.streams.called).isFalse();
		assertThat(this.users.asked).as("no session was there, not even for a moment").isFalse();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, Users.class })
	static class Application {

	}

	@RestController
	static class Streams {

		private final AtomicBoolean called = new AtomicBoolean();

		@SseEndpoint(path = "/stream", status = 202, headers = "X-More: 1")
		void stream(Session<?> session) {
			this.called.set(true);
		}

	}

	static class Users implements UserNameResolver {

		private final AtomicBoolean asked = new AtomicBoolean();

		@Override
		public @Nullable String resolve(Handshake handshake) {
			this.asked.set(true);
			return null;
		}

	}

}
