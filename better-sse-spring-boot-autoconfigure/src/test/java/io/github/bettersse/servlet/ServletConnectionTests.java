package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * What reaches the client, byte by byte.
 */
@ParameterizedClass
@EnumSource(names = { "TOMCAT", "TOMCAT_ASYNCHRONOUS" })
class ServletConnectionTests {

	private static final String HEAD = """
			HTTP/1.1 200\s
			Cache-Control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0
			Pragma: no-cache
			X-Accel-Buffering: no
			""";

	private static final String RETRY = "retry: 2000\n\n";

	@Parameter
	ServletServer.Kind container;

	@TempDir
	Path directory;

	@Test
	void headAndPreambleComeBeforeAnyEvent() throws Exception {
		try (SseServer server = server().start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			assertThat(client.readHead()).isEqualTo(HEAD + endOfHead("text/event-stream"));
			assertThat(client.readBody(RETRY.length())).isEqualTo(RETRY);
			assertThat(server.nextSession().isConnected()).isTrue();
		}
	}

	@Test
	void eachFlushIsSentAtOnceAndTheEndIsInOrder() throws Exception {
		try (SseServer server = server().start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			client.readHead();
			Session<Object> session = server.nextSession();
			expect(client, RETRY);
			session.push(SseEvent.of("hello").id("1"));
			expect(client, "id: 1\ndata: hello\n\n");
			session.close();
			if (!isHandedOver()) {
				assertThat(client.readRaw(5)).isEqualTo("0\r\n\r\n");
			}
			else {
				assertThat(client.readRaw(1)).as("after the end of the connection").isEmpty();
			}
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLOSED);
			client.close();
			server.assertNothingLeft();
		}
	}

	/** Expect bytes of the body: one chunk, or what they are. */
	private void expect(EventStreamClient client, String bytes) throws IOException {
		String expected = isHandedOver() ? bytes : Integer.toHexString(bytes.length()) + "\r\n" + bytes + "\r\n";
		assertThat(client.readRaw(expected.length())).isEqualTo(expected);
	}

	@Test
	void headIsWhatTheOptionsSay() throws Exception {
		SessionOptions.Builder<Object> options = SessionOptions.builder()
			.status(201)
			.header("content-type", "text/event-stream;charset=UTF-8")
			.header("Link", "</a>", "</b>")
			.withoutHeader("Cache-Control")
			.withoutHeader("Pragma")
			.withoutHeader("X-Set-Before");
		SseServer.Opener opener = (factory, request, response) -> {
			response.setHeader("X-Set-Before", "1");
			response.setHeader("Link", "</0>");
			return factory.open(request, response, options.build());
		};
		try (SseServer server = server().opener(opener).start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			assertThat(client.readHead()).isEqualTo("""
					HTTP/1.1 201\s
					Link: </a>
					Link: </b>
					X-Accel-Buffering: no
					""" + endOfHead("text/event-stream;charset=UTF-8"));
		}
	}

	@Test
	void oldClientsGetABodyWithoutChunks() throws Exception {
		try (SseServer server = server().start();
				EventStreamClient client = EventStreamClient.send(server.port(), "GET / HTTP/1.0\r\n\r\n")) {
			assertThat(client.readHead()).isEqualTo(HEAD + "Content-Type: text/event-stream\nConnection: close\n\n");
			Session<Object> session = server.nextSession();
			session.push(SseEvent.of("hello").id("1"));
			session.close();
			assertThat(client.readRest()).isEqualTo(RETRY + "id: 1\ndata: hello\n\n");
		}
	}

	@Test
	void connectionServesAnotherRequestAfterTheEnd() throws Exception {
		assumeFalse(isHandedOver(), "The connection ends with the stream");
		try (SseServer server = server().start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			for (int i = 0; i < 3; i++) {
				assertThat(client.readHead()).isEqualTo(HEAD + endOfHead("text/event-stream"));
				Session<Object> session = server.nextSession();
				session.push(SseEvent.of("hello").id("" + i));
				session.close();
				assertThat(client.readRest()).isEqualTo(RETRY + "id: " + i + "\ndata: hello\n\n");
				client.request("/");
			}
		}
	}

	@Test
	void sessionIsRefusedWhenTheEngineHasStopped() throws Exception {
		try (SseServer server = server().start()) {
			server.engine().stop();
			try (EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
				assertThat(client.readHead()).isEqualTo(HEAD + endOfHead("text/event-stream"));
				assertThat(client.readRest()).isEqualTo(RETRY);
				assertThat(server.nextReason()).isEqualTo(DisconnectReason.REFUSED);
			}
			server.assertNothingLeft();
		}
	}

	@Test
	void slowReaderGetsAllInOrder() throws Exception {
		SessionOptions.Builder<Object> options = SessionOptions.builder().noRetry().maxQueueSize(Integer.MAX_VALUE);
		try (SseServer server = server().options(options).start();
				EventStreamClient client = EventStreamClient.connectWithSmallBuffer(server.port(), "/")) {
			client.readHead();
			Session<Object> session = server.nextSession();
			for (int i = 0; i < 100; i++) {
				session.push(SseEvent.of(i + "x".repeat(i * 1000)).id("" + i));
			}
			for (int i = 0; i < 100; i++) {
				String event = "id: " + i + "\ndata: " + i + "x".repeat(i * 1000) + "\n\n";
				assertThat(client.readBody(event.length())).isEqualTo(event);
			}
		}
	}

	private SseServer.Builder server() {
		return SseServer.in(this.directory).container(this.container);
	}

	private boolean isHandedOver() {
		return this.container == ServletServer.Kind.TOMCAT;
	}

	/** Return the headers that say how the body ends, and of which type it is. */
	private String endOfHead(String contentType) {
		return isHandedOver() ? "Connection: close\nContent-Type: " + contentType + "\n\n"
				: "Content-Type: " + contentType + "\nTransfer-Encoding: chunked\n\n";
	}

}
