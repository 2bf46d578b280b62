package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures after the first push end the stream and reach no one else, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class FailureAfterPushTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Streams streams;

	@Autowired
	private CatchAll catchAll;

	@BeforeEach
	void reset() {
		this.catchAll.called = false;
	}

	@Test
	void anExceptionEndsTheStreamAndIsLoggedOnce(CapturedOutput output) throws Exception {
		assertThat(answer("/failing")).isEqualTo(Head.OF_STREAM + "retry: 2000\n\nid: 1\ndata: \"first\"\n\n");
		assertThat(this.streams.reason.get(10, TimeUnit.SECONDS)).isEqualTo("ERROR");
		assertThat(this.catchAll.called).isFalse();
		assertThat(output.getAll().split("too late to say so", -1)).hasSize(2);
		assertThat(output.getAll().split(" ERROR ", -1)).hasSize(2);
	}

	@Test
	void anErrorEndsTheStreamToo(CapturedOutput output) throws IOException {
		assertThat(answer("/error-thrown")).isEqualTo(Head.OF_STREAM + "retry: 2000\n\nid: 1\ndata: \"first\"\n\n");
		assertThat(this.catchAll.called).isFalse();
		assertThat(output.getAll().split(" ERROR ", -1)).hasSize(2);
	}

	@Test
	void anExceptionBeforeTheFirstPushIsHandled(CapturedOutput output) throws IOException {
		assertThat(answer("/failing-early")).isEqualTo("""
				HTTP/1.1 500\s
				Content-Type: text/plain;charset=UTF-8
				Content-Length: 6
				Connection: close

				caught""");
		assertThat(output).doesNotContain(" ERROR ");
		assertThat(this.catchAll.called).isTrue();
	}

	@Test
	void aResponseEntityAfterAPushIsIgnored(CapturedOutput output) throws IOException {
		assertThat(answer("/late-entity")).isEqualTo(Head.OF_STREAM + "retry: 2000\n\nid: 1\ndata: \"first\"\n\n");
		assertThat(output.getAll().lines().filter((line) -> line.contains(" WARN ") && line.contains(" i.g.b.")))
			.hasSize(1);
		assertThat(output).contains("409 CONFLICT was returned by ");
	}

	@Test
	void anInterceptorThatFailsAfterwardsEndsTheStream(CapturedOutput output) throws IOException {
		assertThat(answer("/failing-interceptor")).isEqualTo(Head.OF_STREAM + "retry: 2000\n\n");
		assertThat(this.catchAll.called).isFalse();
		assertThat(output.getAll().split(" ERROR ", -1)).hasSize(2);
	}

	private String answer(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Accept: text/event-stream",
				"Connection: close")) {
			return client.readHead() + client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, CatchAll.class, FailingInterceptor.class })
	static class Application {

	}

	@RestController
	static class Streams {

		private final CompletableFuture<String> reason = new CompletableFuture<>();

		@SseEndpoint("/failing")
		void failing(Session<?> session) {
			session.onDisconnected((reason) -> this.reason.complete(reason.name()));
			session.push(SseEvent.of("first").id("1"));
			throw new IllegalStateException("too late to say so");
		}

		@SseEndpoint("/error-thrown")
		void errorThrown(Session<?> session) {
			session.push(SseEvent.of("first").id("1"));
			throw new AssertionError("too late");
		}

		@SseEndpoint("/failing-early")
		void failingEarly(Session<?> session) {
			throw new IllegalStateException("early");
		}

		@SseEndpoint("/late-entity")
		ResponseEntity<Void> lateEntity(Session<?> session) {
			session.push(SseEvent.of("first").id("1"));
			return ResponseEntity.status(HttpStatus.CONFLICT).build();
		}

		@SseEndpoint("/failing-interceptor")
		void failingInterceptor(Session<?> session) {
		}

	}

	@RestControllerAdvice
	static class CatchAll {

		private volatile boolean called;

		@ExceptionHandler
		ResponseEntity<String> handle(Throwable ex) {
			this.called = true;
			return ResponseEntity.internalServerError().body("caught");
		}

	}

	static class FailingInterceptor implements WebMvcConfigurer, HandlerInterceptor {

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(this).addPathPatterns("/failing-interceptor");
		}

		@Override
		public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
				@Nullable ModelAndView modelAndView) {
			throw new IllegalStateException("after the handler");
		}

	}

}
