package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.LogRecorder;
import io.github.bettersse.tomcat.TomcatConnectionHandOver;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that cannot be handed over: their requests become asynchronous, with the
 * head as it is.
 */
class HandOverGuardTests {

	private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

	@TempDir
	Path directory;

	@ParameterizedTest
	@MethodSource
	void responseThatIsNotWhatItSeemsStaysAsynchronous(ServletServer.Handler before, String head) throws Exception {
		assertStaysAsynchronous(new Connector(), before, REQUEST, head);
	}

	static Stream<Object[]> responseThatIsNotWhatItSeemsStaysAsynchronous() {
		ServletServer.Handler encoded = (request, response) -> response.setHeader("Content-Encoding", "identity");
		ServletServer.Handler limited = (request, response) -> response.setContentLength(5);
		ServletServer.Handler withTrailers = (request, response) -> response.setTrailerFields(java.util.Map::of);
		return Stream.of(
				new Object[] { Named.of("encoded", encoded),
						"Content-Encoding: identity\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n"
								+ "Connection: close\n" },
				new Object[] { Named.of("limited", limited),
						"Content-Type: text/event-stream\nContent-Length: 5\nConnection: close\n" },
				new Object[] { Named.of("with trailers", withTrailers),
						"Connection: close\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n" });
	}

	@Test
	void oldProtocolStaysAsynchronous() throws Exception {
		assertStaysAsynchronous(new Connector(), (request, response) -> {
		}, "GET / HTTP/1.0\r\n\r\n", "Content-Type: text/event-stream\nConnection: close\n");
	}

	@Test
	@SuppressWarnings("removal")
	void otherConnectorStaysAsynchronous() throws Exception {
		assertStaysAsynchronous(new Connector("org.apache.coyote.http11.Http11Nio2Protocol"), (request, response) -> {
		}, REQUEST, "Content-Type: text/event-stream\nTransfer-Encoding: chunked\nConnection: close\n");
	}

	@Test
	void dispatchOfAnAsynchronousRequestStaysAsynchronous() throws Exception {
		BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
		try (TomcatServer server = TomcatServer.start(this.directory, (request, response) -> {
			if (request.getDispatcherType() == DispatcherType.REQUEST) {
				request.startAsync().dispatch();
			}
			else {
				exchanges.add(open(request, response));
			}
		}); EventStreamClient client = EventStreamClient.send(server.port(), REQUEST)) {
			assertThat(client.readHead())
				.isEqualTo("HTTP/1.1 200 \nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n"
						+ "Connection: close\n\n");
			assertStreams(client, exchanges);
		}
	}

	@Test
	void requestOfAnotherContainerIsNotPrepared() {
		HttpServletRequest request = new HttpServletRequestWrapper(new MockHttpServletRequest());
		MockHttpServletResponse response = new MockHttpServletResponse();
		assertThat(new TomcatConnectionHandOver().prepare(request, response)).isFalse();
		assertThat(response.getHeaderNames()).isEmpty();
	}

	private void assertStaysAsynchronous(Connector connector, ServletServer.Handler before, String request, String head)
			throws Exception {
		BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
		try (LogRecorder log = new LogRecorder();
				TomcatServer server = TomcatServer.start(this.directory, connector, (httpRequest, response) -> {
					before.handle(httpRequest, response);
					exchanges.add(open(httpRequest, response));
				});
				EventStreamClient client = EventStreamClient.send(server.port(), request)) {
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 \n" + head + "\n");
			assertStreams(client, exchanges);
			assertThat(log.warnings()).isEmpty();
		}
	}

	private static Exchange open(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Exchange exchange = Exchange.openToHandOver(request, response, new TomcatConnectionHandOver(),
				new CountDownLatch(0));
		exchange.start();
		return exchange;
	}

	private static void assertStreams(EventStreamClient client, BlockingQueue<Exchange> exchanges) throws Exception {
		Exchange exchange = exchanges.poll(10, TimeUnit.SECONDS);
		exchange.write();
		assertThat(client.readBody(5)).isEqualTo(": x\n\n");
		exchange.connection().close();
		assertThat(client.readRest()).isEmpty();
		assertThat(exchange.calls()).startsWith("setTimeout", "addListener").endsWith("complete");
	}

}
