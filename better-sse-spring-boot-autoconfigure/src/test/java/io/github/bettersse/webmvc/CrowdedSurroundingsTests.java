package io.github.bettersse.webmvc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.AsyncWebRequestInterceptor;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams among all that applications put around their handlers, at once: a filter for
 * ETags, compression of event streams, Spring Session, an interceptor that keeps
 * something open in the view, advice that catches all, and a second mapping of handlers.
 * On a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "server.compression.enabled=true",
		"server.compression.mime-types=text/event-stream", "server.compression.min-response-size=1B" })
class CrowdedSurroundingsTests {

	private static final String FIRST_EVENT = "retry: 2000\n\nid: 1\ndata: \"first\"\n\n";

	@LocalServerPort
	private int port;

	@Autowired
	private Surroundings surroundings;

	@Autowired
	private Map<String, RequestMappingHandlerMapping> mappings;

	@ParameterizedTest
	@ValueSource(strings = { "/push", "/source", "/functional" })
	void theFirstEventArrivesWhileTheStreamStaysOpen(String path) throws Exception {
		assertThat(this.mappings).hasSizeGreaterThanOrEqualTo(2);
		String query = "id=" + UUID.randomUUID();
		try (EventStreamClient client = EventStreamClient.connect(this.port, path + "?" + query,
				"Accept: text/event-stream")) {
			String head = client.readHead();
			assertThat(head.replaceFirst("Set-Cookie: SESSION=[^;]+; Path=/; HttpOnly; SameSite=Lax\n", ""))
				.isEqualTo(Head.OF_STREAM.replace("Content-Type", "vary: accept-encoding\nContent-Type"));
			assertThat(head).contains("\nSet-Cookie: ");
			assertThat(client.readBody(FIRST_EVENT.length())).isEqualTo(FIRST_EVENT);
			assertThat(this.surroundings.views(query).poll(10, TimeUnit.SECONDS)).isEqualTo("opened");
			assertThat(this.surroundings.views(query).poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
			Session<?> session = this.surroundings.sessions.remove(query);
			session.push(SseEvent.of("second").id("2"));
			assertThat(client.readBody(22)).isEqualTo("id: 2\ndata: \"second\"\n\n");
			session.close();
			assertThat(client.readRest()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/push", "/source", "/functional" })
	void theFirstEventArrivesCompressedToo(String path) throws Exception {
		HttpResponse<InputStream> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
				.header("Accept-Encoding", "gzip")
				.build(), BodyHandlers.ofInputStream());
		try (InputStream body = response.body()) {
			assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
			CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> read(body, FIRST_EVENT.length()));
			assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(FIRST_EVENT);
		}
	}

	/** Whether it will be compressed shows when the head is out. */
	@Test
	void aCompressedStreamStaysAsynchronous() throws Exception {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/push", "Accept-Encoding: gzip")) {
			assertThat(client.readHead().lines()).contains("Connection: close", "Content-Encoding: gzip");
			assertThat(client.readRaw(2)).as("how gzip begins").isEqualTo("\u001F\u008B");
		}
	}

	private static String read(InputStream gzip, int length) {
		try {
			return new String(new GZIPInputStream(gzip).readNBytes(length), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Test
	void anExceptionIsCaughtByTheAdvice() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/failing", "Accept: text/event-stream",
				"Connection: close")) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 418 \n");
			assertThat(client.readRest()).isEqualTo("advised: early");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, Surroundings.class, CatchAll.class })
	static class Application {

		@Bean
		ShallowEtagHeaderFilter etagFilter() {
			return new ShallowEtagHeaderFilter();
		}

		@Bean
		SessionRepositoryFilter<MapSession> sessionRepositoryFilter() {
			return new SessionRepositoryFilter<>(new MapSessionRepository(new ConcurrentHashMap<>()));
		}

		@Bean
		RouterFunction<ServerResponse> functions(Streams streams) {
			return RouterFunctions.route()
				.GET("/functional",
						(request) -> SseServerResponse.create(request,
								(session) -> streams.push(session, request.servletRequest())))
				.build();
		}

	}

	@RestController
	static class Streams {

		private final Surroundings surroundings;

		Streams(Surroundings surroundings) {
			this.surroundings = surroundings;
		}

		@SseEndpoint("/push")
		void push(Session<?> session, HttpServletRequest request) {
			request.getSession().setAttribute("user", "ada");
			this.surroundings.sessions.put(String.valueOf(request.getQueryString()), session);
			session.push(SseEvent.of("first").id("1"));
		}

		@SseEndpoint("/source")
		CompletableFuture<?> source(Session<?> session, HttpServletRequest request) {
			push(session, request);
			return new CompletableFuture<>();
		}

		@SseEndpoint("/failing")
		void failing() {
			throw new IllegalStateException("early");
		}

	}

	/** Notes when it would have opened and closed an EntityManager. */
	static class Surroundings implements AsyncWebRequestInterceptor, WebMvcConfigurer {

		private final Map<String, BlockingQueue<String>> views = new ConcurrentHashMap<>();

		private final Map<String, Session<?>> sessions = new ConcurrentHashMap<>();

		BlockingQueue<String> views(@Nullable String query) {
			return this.views.computeIfAbsent(String.valueOf(query), (key) -> new LinkedBlockingQueue<>());
		}

		private void add(String event, WebRequest request) {
			views(((ServletWebRequest) request).getRequest().getQueryString()).add(event);
		}

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addWebRequestInterceptor(this);
		}

		@Override
		public void preHandle(WebRequest request) {
			add("opened", request);
		}

		@Override
		public void postHandle(WebRequest request, @Nullable ModelMap model) {
		}

		@Override
		public void afterCompletion(WebRequest request, @Nullable Exception ex) {
			add("closed", request);
		}

		@Override
		public void afterConcurrentHandlingStarted(WebRequest request) {
			add("suspended", request);
		}

	}

	@ControllerAdvice
	static class CatchAll implements ResponseBodyAdvice<Object> {

		@ExceptionHandler
		ResponseEntity<String> handle(Exception ex) {
			return ResponseEntity.status(418).body(ex.getMessage());
		}

		@Override
		public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
			return true;
		}

		@Override
		public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType,
				MediaType selectedContentType, Class<? extends HttpMessageConverter<?>> selectedConverterType,
				ServerHttpRequest request, ServerHttpResponse response) {
			return "advised: " + body;
		}

	}

}
