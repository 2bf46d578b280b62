package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What does not open gets its ordinary HTTP answer, also for a client that accepts
 * nothing but event streams. On a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.web.error.include-message=always")
class RefusalTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Streams streams;

	@Autowired
	private SseEngine engine;

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "*/*", "text/event-stream, application/json" })
	void anExceptionInTheHandlerIsAnsweredByTheErrorPage(String accept) throws IOException {
		assertThat(answer("/failing", accept)).isEqualTo(error(500, "Internal Server Error", "no luck", "/failing"));
	}

	@Test
	void anArgumentThatDoesNotResolveIsABadRequest() throws IOException {
		assertThat(answer("/missing-parameter", "text/event-stream"))
			.isEqualTo(error(400, "Bad Request", "Required parameter 'name' is not present.", "/missing-parameter"));
	}

	@Test
	void aResponseStatusExceptionKeepsItsStatus() throws IOException {
		assertThat(answer("/status-exception", "text/event-stream"))
			.isEqualTo(error(403, "Forbidden", "not you", "/status-exception"));
	}

	@Test
	void anExceptionHandlerAnswersWithAnObject() throws IOException {
		assertThat(answer("/handled?as=object", "text/event-stream")).isEqualTo("""
				HTTP/1.1 422\s
				Content-Type: application/json
				Transfer-Encoding: chunked
				Connection: close

				{"reason":"object"}""");
	}

	@Test
	void anExceptionHandlerAnswersWithText() throws IOException {
		assertThat(answer("/handled?as=text", "text/event-stream")).isEqualTo("""
				HTTP/1.1 409\s
				Content-Type: text/plain;charset=UTF-8
				Content-Length: 4
				Connection: close

				text""");
	}

	@Test
	void anExceptionHandlerAnswersWithAProblem() throws IOException {
		assertThat(answer("/handled?as=problem", "text/event-stream")).isEqualTo("""
				HTTP/1.1 410\s
				Content-Type: application/problem+json
				Transfer-Encoding: chunked
				Connection: close

				{"instance":"/handled","status":410,"title":"Gone"}""");
	}

	@Test
	void noContentStopsAnEventSource() throws IOException {
		assertThat(answer("/entity?status=204", "text/event-stream")).isEqualTo("""
				HTTP/1.1 204\s
				Connection: close

				""");
	}

	@Test
	void aConflictLeavesNoTraceInTheChannel() throws Exception {
		assertThat(answer("/registered-conflict", "text/event-stream")).isEqualTo("""
				HTTP/1.1 409\s
				Retry-After: 5
				Content-Length: 0
				Connection: close

				""");
		assertThat(this.streams.conflicts.getSessionCount()).isZero();
		assertThat(this.streams.conflicts.getSessions()).isEmpty();
		assertThat(this.streams.disconnected.poll(10, TimeUnit.SECONDS)).isEqualTo("REFUSED");
		assertThat(this.streams.trace).isEmpty();
		assertThat(this.engine.getSessionCount()).isZero();
	}

	@Test
	void aResponseEntityWithABodyIsAnsweredWithIt() throws IOException {
		assertThat(answer("/entity-with-body", "text/event-stream")).isEqualTo("""
				HTTP/1.1 409\s
				Content-Type: application/json
				Transfer-Encoding: chunked
				Connection: close

				{"reason":"taken"}""");
	}

	@Test
	void aHandlerThatSendsAnErrorItselfOpensNothing() throws IOException {
		assertThat(answer("/sends-error", "text/event-stream"))
			.isEqualTo(error(418, "I'm a teapot", "tea", "/sends-error"));
	}

	@Test
	void aSessionInAnotherMethodIsAnErrorThatSaysWhatToWrite() throws IOException {
		String message = "void %s$Streams.noEndpoint(io.github.bettersse.Session<?>) takes a Session but opens no event stream. "
			.formatted(getClass().getName())
				+ "Annotate it with @SseEndpoint in place of @GetMapping or @RequestMapping, or take the sessions "
				+ "from a Channel.";
		assertThat(answer("/no-endpoint", "*/*"))
			.isEqualTo(error(500, "Internal Server Error", message, "/no-endpoint"));
	}

	private String answer(String path, String accept) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Accept: " + accept,
				"Connection: close")) {
			return client.readHead() + client.readRest().replaceFirst("\"timestamp\":\"[^\"]*\",", "");
		}
	}

	private static String error(int status, String error, String message, String path) {
		return """
				HTTP/1.1 %d\s
				Content-Type: application/json
				Transfer-Encoding: chunked
				Connection: close

				{"status":%d,"error":"%s","message":"%s","path":"%s"}""".formatted(status, status, error, message,
				path);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final Queue<String> trace = new ConcurrentLinkedQueue<>();

		private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();

		private final Channel<Void, Object> conflicts;

		Streams(ChannelRegistry channels) {
			this.conflicts = channels.channel("conflicts")
				.onRegistered((session) -> this.trace.add("registered"))
				.onDisconnected((session) -> this.trace.add("disconnected"))
				.onDeregistered((session) -> this.trace.add("deregistered"));
		}

		@SseEndpoint("/failing")
		void failing(Session<?> session) {
			throw new IllegalStateException("no luck");
		}

		@SseEndpoint("/missing-parameter")
		void missingParameter(Session<?> session, @RequestParam String name) {
		}

		@SseEndpoint("/status-exception")
		void statusException(Session<?> session) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, "not you");
		}

		@SseEndpoint("/handled")
		void handled(Session<?> session, @RequestParam String as) {
			throw switch (as) {
				case "object" -> new UnsupportedOperationException(as);
				case "text" -> new IllegalArgumentException(as);
				default -> new ArithmeticException(as);
			};
		}

		@ExceptionHandler
		ResponseEntity<Reason> handle(UnsupportedOperationException ex) {
			return ResponseEntity.unprocessableContent().body(new Reason(ex.getMessage()));
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.CONFLICT)
		String handle(IllegalArgumentException ex) {
			return ex.getMessage();
		}

		@ExceptionHandler
		ProblemDetail handle(ArithmeticException ex) {
			return ProblemDetail.forStatus(HttpStatus.GONE);
		}

		@SseEndpoint("/entity")
		ResponseEntity<Void> entity(Session<?> session, @RequestParam int status) {
			return ResponseEntity.status(status).build();
		}

		@SseEndpoint("/entity-with-body")
		ResponseEntity<?> entityWithBody(Session<?> session) {
			return ResponseEntity.status(HttpStatus.CONFLICT).body(new Reason("taken"));
		}

		@SseEndpoint("/registered-conflict")
		ResponseEntity<Void> registeredConflict(Session<?> session) {
			session.onConnected(() -> this.trace.add("connected"));
			session.onDisconnected((reason) -> this.disconnected.add(reason.name()));
			this.conflicts.register(session);
			this.conflicts.broadcast("lost");
			return ResponseEntity.status(HttpStatus.CONFLICT).header("Retry-After", "5").build();
		}

		@SseEndpoint("/sends-error")
		void sendsError(Session<?> session, HttpServletResponse response) throws IOException {
			response.sendError(418, "tea");
		}

		@GetMapping("/no-endpoint")
		void noEndpoint(Session<?> session) {
		}

	}

	record Reason(String reason) {
	}

}
