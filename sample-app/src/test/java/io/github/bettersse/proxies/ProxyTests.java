package io.github.bettersse.proxies;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.tools.Proxy;
import io.github.bettersse.webmvc.SseEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams through proxies: each byte comes at once, the end comes in order, and another
 * stream finds the proxy as it was.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "server.forward-headers-strategy=native")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyTests {

	private final Streams server;

	private final int port;

	@TempDir
	Path directory;

	ProxyTests(@Autowired Streams server, @LocalServerPort int port) {
		this.server = server;
		this.port = port;
	}

	static Stream<Arguments> proxies() {
		return Stream.concat(documented(),
				Stream.of(proxy("nginx with HTTP/1.0, its default", "HTTP/1.0", Proxy::nginx, """
						server {
							listen 80;
							location / {
								proxy_pass http://127.0.0.1:8080;
							}
						}
						""")));
	}

	/** Those whose configurations the documentation shows. */
	static Stream<Arguments> documented() {
		return Stream.of(proxy("nginx", "HTTP/1.1", Proxy::nginx, read("nginx.conf")),
				proxy("HAProxy", "HTTP/1.1", Proxy::haproxy, read("haproxy.cfg")));
	}

	private static Arguments proxy(String name, String protocol, Kind kind, String configuration) {
		Start start = (directory, port) -> kind.start(directory, configuration, port);
		Start impatient = (directory, port) -> kind.start(directory, configuration.replace("60s", "2s"), port);
		return Arguments.of(Named.of(name, start), protocol, impatient);
	}

	private static String read(String configuration) {
		try {
			return Files.readString(Path.of("../docs/proxies", configuration));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("proxies")
	void eventsComeAtOnceAndTheEndInOrder(Start start, String protocol) throws Exception {
		try (Proxy proxy = start.start(this.directory, this.port)) {
			for (int i = 0; i < 3; i++) {
				HttpResponse<InputStream> response = get(proxy, "/stream");
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
				try (InputStream body = response.body()) {
					Session<?> session = opened(body);
					assertThat(this.server.next(this.server.protocols)).isEqualTo(protocol);
					session.push(SseEvent.raw("x".repeat(100_000)).id("1"));
					assertThat(read(body, 100_014)).isEqualTo("id: 1\ndata: " + "x".repeat(100_000) + "\n\n");
					session.push(SseEvent.raw("last").id("2")).close();
					assertThat(rest(body)).isEqualTo("id: 2\ndata: last\n\n");
				}
				assertThat(this.server.next(this.server.reasons)).isEqualTo(DisconnectReason.CLOSED);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("proxies")
	void endOfTheClientIsNoticed(Start start) throws Exception {
		try (Proxy proxy = start.start(this.directory, this.port)) {
			for (int i = 0; i < 3; i++) {
				try (InputStream body = get(proxy, "/kept-alive").body()) {
					opened(body);
				}
				assertThat(this.server.next(this.server.reasons)).isEqualTo(DisconnectReason.CLIENT_GONE);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("documented")
	void endOfTheClientIsNoticedWithoutAWrite(Start start) throws Exception {
		try (Proxy proxy = start.start(this.directory, this.port)) {
			try (InputStream body = get(proxy, "/stream").body()) {
				opened(body);
				this.server.next(this.server.protocols);
			}
			assertThat(this.server.next(this.server.reasons)).isEqualTo(DisconnectReason.CLIENT_GONE);
		}
	}

	@ParameterizedTest
	@MethodSource("documented")
	void addressIsThatOfTheClient(Start start) throws Exception {
		try (Proxy proxy = start.start(this.directory, this.port);
				InputStream body = get(proxy, "/kept-alive", "X-Forwarded-For", "203.0.113.7").body()) {
			Session<?> session = opened(body);
			assertThat(session.getHandshake().getRemoteAddress()).isEqualTo("203.0.113.7");
			session.close();
			assertThat(this.server.next(this.server.reasons)).isEqualTo(DisconnectReason.CLOSED);
		}
	}

	@ParameterizedTest
	@MethodSource("documented")
	void keepAlivesOutlastTheTimeOutsOfTheProxy(Start start, String protocol, Start impatient) throws Exception {
		try (Proxy proxy = impatient.start(this.directory, this.port);
				InputStream quiet = get(proxy, "/stream").body();
				InputStream keptAlive = get(proxy, "/kept-alive").body()) {
			opened(quiet);
			this.server.next(this.server.protocols);
			Session<?> session = opened(keptAlive);
			assertThat(rest(quiet)).isEmpty();
			assertThat(this.server.next(this.server.reasons)).isEqualTo(DisconnectReason.CLIENT_GONE);
			session.push(SseEvent.raw("last").id("2")).close();
			assertThat(rest(keptAlive)).matches("(:\n\n)+id: 2\ndata: last\n\n");
			assertThat(this.server.next(this.server.reasons)).isEqualTo(DisconnectReason.CLOSED);
		}
	}

	private Session<?> opened(InputStream body) throws Exception {
		assertThat(read(body, 13)).isEqualTo("retry: 2000\n\n");
		return this.server.next(this.server.sessions);
	}

	private static HttpResponse<InputStream> get(Proxy proxy, String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.build()
			.send(request.build(), BodyHandlers.ofInputStream());
	}

	private static String read(InputStream body, int length) throws IOException {
		return new String(body.readNBytes(length), StandardCharsets.UTF_8);
	}

	/** Read up to the end, in order or not. */
	private static String rest(InputStream body) {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		try {
			body.transferTo(read);
		}
		catch (IOException ex) {
			// The proxy has cut it.
		}
		return read.toString(StandardCharsets.UTF_8);
	}

	/** A kind of proxy. */
	@FunctionalInterface
	interface Kind {

		Proxy start(Path directory, String configuration, int target) throws IOException;

	}

	/** Starts a proxy in front of a server. */
	@FunctionalInterface
	interface Start {

		Proxy start(Path directory, int target) throws IOException;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final BlockingQueue<Session<?>> sessions = new LinkedBlockingQueue<>();

		private final BlockingQueue<String> protocols = new LinkedBlockingQueue<>();

		private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

		@SseEndpoint(path = "/stream", keepAlive = "0s")
		void stream(Session<Void> session, HttpServletRequest request) {
			session.onDisconnected(this.reasons::add);
			this.sessions.add(session);
			this.protocols.add(request.getProtocol());
		}

		@SseEndpoint(path = "/kept-alive", keepAlive = "100ms")
		void keptAlive(Session<Void> session) {
			session.onDisconnected(this.reasons::add);
			this.sessions.add(session);
		}

		private <T> T next(BlockingQueue<T> queue) throws InterruptedException {
			T next = queue.poll(10, TimeUnit.SECONDS);
			assertThat(next).as("what the server notices within 10 s").isNotNull();
			return next;
		}

	}

}
