package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.LogRecorder;
import io.github.bettersse.jetty.JettyConnectionHandOver;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which connections of Jetty are handed over, byte by byte, and which are not: their
 * requests become asynchronous, with the head as it is.
 */
class JettyHandOverGuardTests {

	private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final ServletServer.Handler NOTHING = (request, response) -> {
	};

	private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

	@TempDir
	Path directory;

	@Test
	void bodyEndsWithTheConnection() throws Exception {
		try (ServletServer server = start(NOTHING);
				EventStreamClient client = EventStreamClient.send(server.port(), REQUEST)) {
			assertThat(client.readHead())
				.isEqualTo("HTTP/1.1 200 OK\nContent-Type: text/event-stream\nConnection: close\n\n");
			Exchange exchange = nextExchange();
			exchange.write();
			assertThat(client.readRaw(5)).isEqualTo(": x\n\n");
			exchange.connection().close();
			assertThat(client.readRaw(1)).as("after the end").isEmpty();
			assertThat(exchange.calls()).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource
	void responseThatIsNotWhatItSeemsStaysAsynchronous(ServletServer.Handler before, String head) throws Exception {
		assertStaysAsynchronous(before, REQUEST, head);
	}

	static Stream<Object[]> responseThatIsNotWhatItSeemsStaysAsynchronous() {
		ServletServer.Handler encoded = (request, response) -> response.setHeader("Content-Encoding", "identity");
		ServletServer.Handler limited = (request, response) -> response.setContentLength(5);
		ServletServer.Handler withTrailers = (request, response) -> response.setTrailerFields(Map::of);
		return Stream.of(
				new Object[] { Named.of("encoded", encoded),
						"Content-Encoding: identity\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n" },
				new Object[] { Named.of("limited", limited), "Content-Type: text/event-stream\nContent-Length: 5\n" },
				new Object[] { Named.of("with trailers", withTrailers),
						"Content-Type: text/event-stream\nTransfer-Encoding: chunked\n" });
	}

	@Test
	void oldProtocolStaysAsynchronous() throws Exception {
		assertStaysAsynchronous(NOTHING, "GET / HTTP/1.0\r\n\r\n", "Content-Type: text/event-stream\n");
	}

	@Test
	void headThatCannotBeTakenBackStaysAsItIs() throws Exception {
		ServletServer.Handler handler = (request, response) -> this.exchanges
			.add(open(request, new HttpServletResponseWrapper(response) {
				@Override
				public void setHeader(String name, String value) {
					super.setHeader(name, value);
					if (name.equals("Connection")) {
						super.setHeader("Content-Encoding", "identity");
					}
				}
			}));
		try (ServletServer server = ServletServer.Kind.JETTY.start(this.directory, handler);
				EventStreamClient client = EventStreamClient.send(server.port(), REQUEST)) {
			String head = "HTTP/1.1 200 OK\nContent-Type: text/event-stream\nContent-Encoding: identity\n"
					+ "Connection: close\n\n";
			assertThat(client.readHead()).isEqualTo(head);
			assertStreams(client, head);
		}
	}

	@Test
	void dispatchOfAnAsynchronousRequestStaysAsynchronous() throws Exception {
		ServletServer.Handler handler = (request, response) -> {
			if (request.getDispatcherType() == DispatcherType.REQUEST) {
				request.startAsync().dispatch();
			}
			else {
				this.exchanges.add(open(request, response));
			}
		};
		try (ServletServer server = ServletServer.Kind.JETTY.start(this.directory, handler);
				EventStreamClient client = EventStreamClient.send(server.port(), REQUEST)) {
			String head = "HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n";
			assertThat(client.readHead()).isEqualTo(head);
			assertStreams(client, head);
		}
	}

	@Test
	void requestOfAnotherContainerIsNotPrepared() {
		HttpServletRequest request = new HttpServletRequestWrapper(new MockHttpServletRequest());
		MockHttpServletResponse response = new MockHttpServletResponse();
		assertThat(new JettyConnectionHandOver().prepare(request, response)).isFalse();
		assertThat(response.getHeaderNames()).isEmpty();
	}

	private void assertStaysAsynchronous(ServletServer.Handler before, String request, String head) throws Exception {
		try (LogRecorder log = new LogRecorder();
				ServletServer server = start(before);
				EventStreamClient client = EventStreamClient.send(server.port(), request)) {
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\n" + head + "\n");
			assertStreams(client, head);
			assertThat(log.warnings()).isEmpty();
		}
	}

	private ServletServer start(ServletServer.Handler before) throws Exception {
		return ServletServer.Kind.JETTY.start(this.directory, (request, response) -> {
			before.handle(request, response);
			this.exchanges.add(open(request, response));
		});
	}

	private static Exchange open(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Exchange exchange = Exchange.openToHandOver(request, response, new JettyConnectionHandOver(),
				new CountDownLatch(0));
		exchange.start();
		return exchange;
	}

	private Exchange nextExchange() throws InterruptedException {
		Exchange exchange = this.exchanges.poll(10, TimeUnit.SECONDS);
		assertThat(exchange).as("a request within 10 s").isNotNull();
		return exchange;
	}

	/** Jetty sends the end of a chunk with the next one. */
	private void assertStreams(EventStreamClient client, String head) throws Exception {
		Exchange exchange = nextExchange();
		exchange.write();
		String expected = head.contains("chunked") ? "5\r\n: x\n\n" : ": x\n\n";
		assertThat(client.readRaw(expected.length())).isEqualTo(expected);
		exchange.connection().close();
		assertThat(exchange.calls()).startsWith("setTimeout", "addListener").endsWith("complete");
	}

}
