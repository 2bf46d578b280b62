package io.github.bettersse.webmvc;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.SseEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Functional endpoints behind a filter for ETags, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.web.error.include-message=always")
@ExtendWith(OutputCaptureExtension.class)
class SseServerResponseTests {

	private static final String PREAMBLE = "retry: 2000\n\n";

	@LocalServerPort
	private int port;

	@Autowired
	private Routes routes;

	@Autowired
	private SseEngine engine;

	@Test
	void headAndPreambleLeaveWhenTheConsumerReturns() throws IOException {
		try (EventStreamClient client = connect("/channel")) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
			assertThat(client.readBody(13)).isEqualTo(PREAMBLE);
			this.routes.channel.broadcast(SseEvent.of("hello").id("1"));
			assertThat(client.readBody(21)).isEqualTo("id: 1\ndata: \"hello\"\n\n");
		}
	}

	@Test
	void optionsHold() throws IOException {
		try (EventStreamClient client = connect("/options/kim")) {
			assertThat(client.readHead())
				.isEqualTo(Head.OF_STREAM.replace("200", "202").replace("Connection", "X-Trace: 1\nConnection"));
			assertThat(client.readRest()).isEqualTo("retry: 500\n\nid: 1\ndata: \"kim\"\n\n");
		}
	}

	@Test
	void aPushCommitsAndGoesOutAtOnce() throws Exception {
		try (EventStreamClient client = connect("/push")) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
			assertThat(client.readBody(28)).isEqualTo(PREAMBLE + "id: 1\ndata: 1\n\n");
			this.routes.proceed.complete(null);
			assertThat(client.readRest()).isEqualTo("id: 2\ndata: 2\n\n");
		}
	}

	@Test
	void anExceptionBeforeAPushGoesToTheRouter() throws Exception {
		assertThat(answer("/failing")).isEqualTo("""
				HTTP/1.1 409\s
				Content-Type: text/plain;charset=UTF-8
				Content-Length: 5
				Connection: close

				early""");
		assertThat(this.routes.refused.get(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.REFUSED);
	}

	@Test
	void withoutTheRouterItGoesToTheErrorPage() throws IOException {
		assertThat(answer("/forbidden")).isEqualTo("""
				HTTP/1.1 403\s
				Content-Type: application/json
				Transfer-Encoding: chunked
				Connection: close

				{"status":403,"error":"Forbidden","message":"not you","path":"/forbidden"}""");
	}

	@Test
	void anExceptionAfterAPushEndsTheStreamAndIsLoggedOnce(CapturedOutput output) throws Exception {
		assertThat(answer("/failing-late")).isEqualTo(Head.OF_STREAM + PREAMBLE + "id: 1\ndata: 1\n\n");
		assertThat(this.routes.reason.get(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.ERROR);
		assertThat(this.routes.handled).hasValue(0);
		assertThat(output.getAll().split(" ERROR ", -1)).hasSize(2);
		assertThat(output.getAll().split("IllegalStateException: late", -1)).hasSize(2);
	}

	@Test
	void anInterceptorThatFailsAfterwardsEndsTheStream(CapturedOutput output) throws IOException {
		assertThat(answer("/failing-interceptor")).isEqualTo(Head.OF_STREAM + PREAMBLE);
		assertThat(this.routes.handled).hasValue(0);
		assertThat(output.getAll().split(" ERROR ", -1)).hasSize(2);
	}

	@Test
	void aPushAfterTheEndOfTheSessionIsNoError(CapturedOutput output) throws IOException {
		assertThat(answer("/closed")).isEqualTo(Head.OF_STREAM + PREAMBLE);
		assertThat(output).doesNotContain(" ERROR ", "Exception");
	}

	@Test
	void aServerThatStopsAnswersWhenToComeBack() throws IOException {
		this.engine.stop();
		try {
			assertThat(answer("/channel")).startsWith(Head.OF_STREAM + "retry: ");
		}
		finally {
			this.engine.start();
		}
	}

	@Test
	void headGetsTheHeadersAndRunsNoConsumer() throws IOException {
		try (EventStreamClient client = EventStreamClient.send(this.port,
				"HEAD /failing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
			assertThat(client.readHead())
				.isEqualTo(Head.OF_ASYNCHRONOUS_STREAM.replace("Transfer-Encoding: chunked", "Connection: close"));
			assertThat(client.readRaw(1)).isEmpty();
		}
	}

	private EventStreamClient connect(String path) throws IOException {
		return EventStreamClient.connect(this.port, path, "Accept: text/event-stream");
	}

	private String answer(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Accept: text/event-stream",
				"Connection: close")) {
			return client.readHead() + client.readRest().replaceFirst("\"timestamp\":\"[^\"]*\",", "");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Routes.class, CatchAll.class, FailingInterceptor.class })
	static class Application {

		@Bean
		ShallowEtagHeaderFilter etagFilter() {
			return new ShallowEtagHeaderFilter();
		}

		@Bean
		RouterFunction<ServerResponse> streams(Routes routes) {
			return RouterFunctions.route()
				.GET("/channel", (request) -> SseServerResponse.create(request, routes.channel::register))
				.GET("/options/{name}", routes::options)
				.GET("/push", (request) -> SseServerResponse.create(request, routes::push))
				.GET("/failing", (request) -> SseServerResponse.create(request, routes::fail))
				.HEAD("/failing", (request) -> SseServerResponse.create(request, routes::fail))
				.GET("/forbidden", (request) -> SseServerResponse.create(request, routes::forbid))
				.GET("/failing-late", (request) -> SseServerResponse.create(request, routes::failLate))
				.GET("/failing-interceptor", (request) -> SseServerResponse.create(request, (session) -> {
				}))
				.GET("/closed", (request) -> SseServerResponse.create(request, routes::pushAfterClose))
				.onError(IllegalStateException.class, routes::handle)
				.build();
		}

	}

	static class Routes {

		private final CompletableFuture<Void> proceed = new CompletableFuture<>();

		private final CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();

		private final CompletableFuture<DisconnectReason> refused = new CompletableFuture<>();

		private final AtomicInteger handled = new AtomicInteger();

		private final Channel<Void, Object> channel;

		Routes(ChannelRegistry channels) {
			this.channel = channels.channel("functional");
		}

		ServerResponse options(ServerRequest request) {
			SessionOptions<String> options = SessionOptions.<String>builder()
				.state(request.pathVariable("name"))
				.retry(Duration.ofMillis(500))
				.status(202)
				.header("X-Trace", "1")
				.build();
			return SseServerResponse.create(request, options,
					(session) -> session.push(SseEvent.of(session.getState()).id("1")).close());
		}

		void push(Session<?> session) {
			session.push(SseEvent.of(1).id("1"));
			this.proceed.orTimeout(10, TimeUnit.SECONDS).join();
			session.push(SseEvent.of(2).id("2")).close();
		}

		void fail(Session<?> session) {
			session.onDisconnected(this.refused::complete);
			throw new IllegalStateException("early");
		}

		void forbid(Session<?> session) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, "not you");
		}

		void failLate(Session<?> session) {
			session.onDisconnected(this.reason::complete);
			session.push(SseEvent.of(1).id("1"));
			throw new IllegalStateException("late");
		}

		void pushAfterClose(Session<?> session) {
			session.close();
			session.push(1);
		}

		ServerResponse handle(Throwable failure, ServerRequest request) {
			if (!"early".equals(failure.getMessage())) {
				this.handled.incrementAndGet();
			}
			return ServerResponse.status(HttpStatus.CONFLICT).body(failure.getMessage());
		}

	}

	@RestControllerAdvice
	static class CatchAll {

		private final Routes routes;

		CatchAll(Routes routes) {
			this.routes = routes;
		}

		@ExceptionHandler
		String handle(IllegalStateException ex) {
			this.routes.handled.incrementAndGet();
			return "caught";
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
