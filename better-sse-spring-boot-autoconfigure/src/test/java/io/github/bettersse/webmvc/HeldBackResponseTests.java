package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.servlet.ServletSessionFactory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.ContentCachingResponseWrapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams behind a filter that keeps all that is written until the end of the request, on
 * a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "logging.level.io.github.bettersse.SessionWriter=debug")
@ExtendWith(OutputCaptureExtension.class)
class HeldBackResponseTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Streams streams;

	@ParameterizedTest
	@ValueSource(strings = { "/silent", "/push", "/caught", "/source", "/functional", "/functional-push", "/servlet" })
	void isAnsweredByAnErrorAndTheLogSaysWhatToChange(String path, CapturedOutput output) throws Exception {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Accept: */*",
				"Connection: close")) {
			assertThat(client.readHead()).isEqualTo("""
					HTTP/1.1 500\s
					X-Before: 1
					Content-Type: application/json
					Transfer-Encoding: chunked
					Connection: close

					""");
			assertThat(client.readRest().replaceFirst("\"timestamp\":\"[^\"]*\",", "")).isEqualTo("""
					{"status":500,"error":"Internal Server Error","path":"%s"}""".formatted(path));
		}
		assertThat(this.streams.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.CLIENT_GONE);
		assertThat(output.getAll()
			.lines()
			.filter((line) -> line.contains("bettersse.SessionWriter"))
			.filter((line) -> line.contains(" WARN ") || line.contains(" DEBUG "))).as("a warning once a minute")
			.singleElement()
			.asString()
			.contains("A stream has ended at once: its connection cannot be written to");
		assertThat(output).containsPattern("The response to GET http://localhost" + path
				+ " is held back by a wrapper \\([^)]*" + Pattern.quote(ContentCachingResponseWrapper.class.getName())
				+ "\\), so that no event would reach the client\\. "
				+ "Keep the filter that wraps it away from event streams");
		assertThat(output).doesNotContain(" ERROR ");
	}

	@Test
	void aRefusalPasses() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/refused", "Connection: close")) {
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 204 \nX-Before: 1\nConnection: close\n\n");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, CatchAll.class })
	static class Application {

		@Bean
		FilterRegistrationBean<CachingFilter> cachingFilter() {
			return new FilterRegistrationBean<>(new CachingFilter());
		}

		@Bean
		RouterFunction<ServerResponse> functions(Streams streams) {
			return RouterFunctions.route()
				.GET("/functional", (request) -> SseServerResponse.create(request, streams::silent))
				.GET("/functional-push", (request) -> SseServerResponse.create(request, streams::push))
				.build();
		}

		@Bean
		ServletRegistrationBean<HttpServlet> servlet(ServletSessionFactory sessions, Streams streams) {
			return new ServletRegistrationBean<>(new HttpServlet() {
				@Override
				protected void doGet(HttpServletRequest request, HttpServletResponse response) {
					streams.silent(sessions.open(request, response, SessionOptions.builder().build()));
				}
			}, "/servlet");
		}

	}

	/** What an application may have to log its answers. */
	static final class CachingFilter extends HttpFilter {

		@Override
		protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			response.setHeader("X-Before", "1");
			ContentCachingResponseWrapper wrapper = new ContentCachingResponseWrapper(response);
			chain.doFilter(request, wrapper);
			wrapper.copyBodyToResponse();
		}

	}

	@RestController
	static class Streams {

		private final BlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();

		@SseEndpoint("/silent")
		void silent(Session<?> session) {
			session.onDisconnected(this.ended::add);
		}

		@SseEndpoint("/push")
		void push(Session<?> session) {
			silent(session);
			session.push("lost");
		}

		@SseEndpoint("/caught")
		void caught(Session<?> session) {
			try {
				push(session);
			}
			catch (RuntimeException ex) {
				assertThat(session.isConnected()).isFalse();
			}
		}

		@SseEndpoint("/source")
		List<Integer> source(Session<?> session) {
			silent(session);
			return List.of(1);
		}

		@SseEndpoint("/refused")
		ResponseEntity<Void> refused() {
			return ResponseEntity.noContent().build();
		}

	}

	@RestControllerAdvice
	static class CatchAll {

		@ExceptionHandler
		ResponseEntity<String> handle(Exception ex) {
			return ResponseEntity.status(418).body("caught");
		}

	}

}
