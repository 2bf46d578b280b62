package io.github.bettersse.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Handshake;
import io.github.bettersse.SessionOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class ServletHandshakeTests {

	@TempDir
	Path directory;

	@Test
	void isACopyOfTheRequest() throws Exception {
		Handshake handshake = get("/a/b?x=1&y=2", "X-One: 1", "x-one: 2", "Cookie: a=b");
		assertThat(handshake.getMethod()).isEqualTo("GET");
		assertThat(handshake.getUri()).hasToString("http://localhost/a/b?x=1&y=2");
		assertThat(handshake.getHeaders()).containsOnly(entry("Host", List.of("localhost")),
				entry("X-One", List.of("1", "2")), entry("Cookie", List.of("a=b")));
		assertThat(handshake.getRemoteAddress()).isEqualTo("127.0.0.1");
		assertThat(handshake.getPrincipal()).isNull();
	}

	@Test
	void staysValidAfterTheEnd() throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.connect(server.port(), "/a?x=1")) {
			client.readHead();
			var session = server.nextSession();
			session.close();
			client.readRest();
			client.close();
			server.assertNothingLeft();
			assertThat(session.getHandshake().getUri().getPath()).isEqualTo("/a");
			assertThat(session.getHandshake().getHeader("HOST")).isEqualTo("localhost");
			assertThat(session.getHandshake().getQueryParameter("x")).isEqualTo("1");
		}
	}

	@Test
	void queryParametersAreDecodedInOrder() throws Exception {
		assertThat(get("/?b=1&a=%C3%A4+%E2%82%AC%2B&b=&c&&=d&%61=2=3").getQueryParameters()).containsExactly(
				entry("b", List.of("1", "")), entry("a", List.of("ä €+", "2=3")), entry("c", List.of("")),
				entry("", List.of("d")));
	}

	@Test
	void malformedEscapesStayAsTheyAre() throws Exception {
		Handshake handshake = get("/?a=100%&b=%zz%4&c=%FF");
		assertThat(handshake.getQueryParameters()).containsExactly(entry("a", List.of("100%")),
				entry("b", List.of("%zz%4")), entry("c", List.of("\uFFFD")));
		assertThat(handshake.getUri()).hasToString("http://localhost/?a=100%25&b=%25zz%254&c=%FF");
	}

	@Test
	void uriEscapesWhatTheContainerLetsPass() throws Exception {
		assertThat(get("/a[1]/%2F?a=b|c^&d=[1]").getUri())
			.hasToString("http://localhost/a%5B1%5D/%2F?a=b%7Cc%5E&d=[1]");
	}

	@Test
	void lastEventIdIsUtf8() throws Exception {
		assertThat(get("/", "Last-Event-ID: grüße-€").getHeader("Last-Event-ID")).isEqualTo("grüße-€");
	}

	@Test
	void lastEventIdThatIsNoUtf8StaysLatin1() throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.send(server.port(),
						"GET / HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: gr\u00FC\r\n\r\n"
							.getBytes(StandardCharsets.ISO_8859_1))) {
			client.readHead();
			assertThat(server.nextSession().getLastEventId()).isEqualTo("gr\u00FC");
		}
	}

	@Test
	void bodyIsLeftToTheApplication() throws Exception {
		SseServer.Opener opener = (factory, request, response) -> {
			var session = factory.open(request, response, SessionOptions.builder().build());
			session.push(body(request));
			return session;
		};
		String request = "POST /?a=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\n\r\nb=2";
		try (SseServer server = SseServer.in(this.directory).opener(opener).start();
				EventStreamClient client = EventStreamClient.send(server.port(), request)) {
			client.readHead();
			assertThat(client.nextEvent().data()).isEqualTo("b=2");
			Handshake handshake = server.nextSession().getHandshake();
			assertThat(handshake.getMethod()).isEqualTo("POST");
			assertThat(handshake.getQueryParameters()).isEqualTo(Map.of("a", List.of("1")));
		}
	}

	@Test
	void principalIsThatOfTheRequest() throws Exception {
		Principal ann = () -> "ann";
		SseServer.Opener opener = (factory, request, response) -> factory.open(new HttpServletRequestWrapper(request) {
			@Override
			public Principal getUserPrincipal() {
				return ann;
			}
		}, response, SessionOptions.builder().build());
		try (SseServer server = SseServer.in(this.directory).opener(opener).start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			client.readHead();
			assertThat(server.nextSession().getHandshake().getPrincipal()).isSameAs(ann);
		}
	}

	private Handshake get(String path, String... headers) throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.connect(server.port(), path, headers)) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 \n");
			return server.nextSession().getHandshake();
		}
	}

	private static String body(HttpServletRequest request) {
		try {
			return new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
