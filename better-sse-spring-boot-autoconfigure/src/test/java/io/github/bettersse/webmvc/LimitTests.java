package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import io.github.bettersse.servlet.ServletSessionFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/**
 * Sessions that are beyond a limit, on a real port, in whatever way they are opened.
 */
class LimitTests {

	private ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(
			"--server.port=0", "--better-sse.shutdown.retry-jitter=0", "--better-sse.limits.max-sessions=1",
			"--better-sse.limits.max-event-size=1KB");

	@AfterEach
	void close() {
		this.context.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/annotated", "/functional", "/filter" })
	void oneTooManyIsToldToComeBack(String path) throws IOException {
		try (EventStreamClient first = connect(path)) {
			assertThat(first.readHead()).isEqualTo(Head.OF_STREAM);
			assertThat(first.readBody(13)).isEqualTo("retry: 2000\n\n");
			try (EventStreamClient second = connect(path)) {
				assertThat(second.readHead()).isEqualTo(Head.OF_STREAM);
				assertThat(second.readRest()).isEqualTo("retry: 2000\n\n");
			}
			// In a filter that comes after the head.
			await().untilAtomic(this.context.getBean(Streams.class).handled, equalTo(1));
		}
	}

	@ParameterizedTest
	@CsvSource({ "/annotated, max-sessions, 503", "/functional, max-sessions, 503", "/filter, max-sessions, 503",
			"/annotated, max-sessions-per-address, 429", "/functional, max-sessions-per-address, 429",
			"/filter, max-sessions-per-address, 429", "/annotated, max-connects-per-second, 429" })
	void oneTooManyIsRejected(String path, String limit, int status) throws IOException {
		close();
		this.context = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--better-sse.shutdown.retry-jitter=0", "--better-sse.limits.on-exceeded=reject",
				"--better-sse.limits." + limit + "=1");
		try (EventStreamClient first = connect(path)) {
			assertThat(first.readHead()).isEqualTo(Head.OF_STREAM);
			try (EventStreamClient second = connect(path)) {
				assertThat(second.readHead()).isEqualTo("""
						HTTP/1.1 %d\s
						Cache-Control: no-store
						Retry-After: 2
						Content-Length: 0
						%s
						""".formatted(status, (status == 503) ? "Connection: close\n" : ""));
			}
			// In a filter that comes after the head.
			await().untilAtomic(this.context.getBean(Streams.class).handled, equalTo(1));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/refused", "/failed", "/too-large", "/closed" })
	void whoeverHasNoStreamTakesNoPlace(String path) throws IOException {
		for (int i = 0; i < 3; i++) {
			try (EventStreamClient client = connect(path)) {
				client.readHead();
			}
			await().until(() -> this.context.getBean(SseEngine.class).getLimits().sessionCount() == 0);
		}
		assertThat(this.context.getBean(Streams.class).handled).hasValue(3);
	}

	private EventStreamClient connect(String path) throws IOException {
		int port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
		return EventStreamClient.connect(port, path);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

		@Bean
		RouterFunction<ServerResponse> routes(Streams streams) {
			return RouterFunctions.route()
				.GET("/functional", (request) -> SseServerResponse.create(request, streams::annotated))
				.build();
		}

		@Bean
		FilterRegistrationBean<Filter> opening(ServletSessionFactory sessions, Streams streams) {
			Filter filter = (request, response, chain) -> {
				Session<Object> session = sessions.open((HttpServletRequest) request, (HttpServletResponse) response,
						SessionOptions.builder().build());
				if (session.isConnected()) {
					streams.annotated(session);
				}
			};
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
			registration.addUrlPatterns("/filter");
			return registration;
		}

	}

	@RestController
	static class Streams {

		private final AtomicInteger handled = new AtomicInteger();

		@SseEndpoint("/annotated")
		void annotated(Session<?> session) {
			this.handled.incrementAndGet();
		}

		@SseEndpoint("/refused")
		ResponseEntity<Void> refuse(Session<?> session) {
			this.handled.incrementAndGet();
			return ResponseEntity.status(HttpStatus.NO_CONTENT).build();
		}

		@SseEndpoint("/failed")
		void fail(Session<?> session) {
			this.handled.incrementAndGet();
			throw new IllegalStateException("early");
		}

		@SseEndpoint("/too-large")
		void tooLarge(Session<?> session) {
			this.handled.incrementAndGet();
			session.push("x".repeat(1024));
		}

		@SseEndpoint("/closed")
		void closed(Session<?> session) {
			this.handled.incrementAndGet();
			session.close();
		}

	}

}
