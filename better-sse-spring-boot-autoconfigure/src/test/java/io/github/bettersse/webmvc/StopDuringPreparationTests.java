package io.github.bettersse.webmvc;

import java.io.IOException;

import io.github.bettersse.Connection;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.ResponseHead;
import io.github.bettersse.SessionFactory;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server stops between the preparation of a session and its handler.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "better-sse.shutdown.retry-jitter=0")
@DirtiesContext
class StopDuringPreparationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private SseEngine engine;

	@Test
	void theClientIsToldWhenToComeBack() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/stream")) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\nretry: 2000\n\n");
		}
		assertThat(this.engine.getSessionCount()).isZero();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

		@Bean
		SessionFactory stoppingSessionFactory(SseEngine engine) {
			return new SessionFactory() {

				@Override
				public <S> SessionOpening<S> prepare(Connection connection, SessionOptions<S> options) {
					SessionOpening<S> opening = engine.getSessionFactory().prepare(connection, options);
					engine.stop();
					return opening;
				}

				@Override
				public ResponseHead getHead(SessionOptions<?> options) {
					return engine.getSessionFactory().getHead(options);
				}

			};
		}

	}

	@RestController
	static class Streams {

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
			throw new AssertionError("the handler must not run");
		}

	}

}
