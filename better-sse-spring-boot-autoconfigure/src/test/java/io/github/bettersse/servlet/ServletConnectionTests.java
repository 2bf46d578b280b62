package io.github.bettersse.servlet;

import java.nio.file.Path;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What reaches the client, byte by byte.
 */
class ServletConnectionTests {

	static final String HEAD = """
			HTTP/1.1 200\s
			Cache-Control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0
			Pragma: no-cache
			X-Accel-Buffering: no
			Content-Type: text/event-stream
			Transfer-Encoding: chunked

			""";

	private static final String RETRY = "retry: 2000\n\n";

	@TempDir
	Path directory;

	@Test
	void headAndPreambleComeBeforeAnyEvent() throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			assertThat(client.readHead()).isEqualTo(HEAD);
			assertThat(client.readBody(RETRY.length())).isEqualTo(RETRY);
			assertThat(server.nextSession().isConnected()).isTrue();
		}
	}

	@Test
	void eachFlushIsOneChunkAndTheEndIsInOrder() throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			client.readHead();
			Session<Object> session = server.nextSession();
			assertThat(client.readRaw(18)).isEqualTo("d\r\nretry: 2000\n\n\r\n");
			session.push(SseEvent.of("hello").id("1"));
			assertThat(client.readRaw(25)).isEqualTo("13\r\nid: 1\ndata: hello\n\n\r\n");
			session.close();
			assertThat(client.readRaw(5)).isEqualTo("0\r\n\r\n");
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLOSED);
			client.close();
			server.assertNothingLeft();
		}
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
		try (SseServer server = SseServer.in(this.directory).opener(opener).start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			assertThat(client.readHead()).isEqualTo("""
					HTTP/1.1 201\s
					Link: </a>
					Link: </b>
					X-Accel-Buffering: no
					Content-Type: text/event-stream;charset=UTF-8
					Transfer-Encoding: chunked

					""");
		}
	}

	@Test
	void oldClientsGetABodyWithoutChunks() throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.send(server.port(), "GET / HTTP/1.0\r\n\r\n")) {
			assertThat(client.readHead()).isEqualTo(HEAD.replace("Transfer-Encoding: chunked", "Connection: close"));
			Session<Object> session = server.nextSession();
			session.push(SseEvent.of("hello").id("1"));
			session.close();
			assertThat(client.readRest()).isEqualTo(RETRY + "id: 1\ndata: hello\n\n");
		}
	}

	@Test
	void connectionServesAnotherRequestAfterTheEnd() throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			for (int i = 0; i < 3; i++) {
				assertThat(client.readHead()).isEqualTo(HEAD);
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
		try (SseServer server = SseServer.start(this.directory)) {
			server.engine().stop();
			try (EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
				assertThat(client.readHead()).isEqualTo(HEAD);
				assertThat(client.readRest()).isEqualTo(RETRY);
				assertThat(server.nextReason()).isEqualTo(DisconnectReason.REFUSED);
			}
			server.assertNothingLeft();
		}
	}

	@Test
	void slowReaderGetsAllInOrder() throws Exception {
		SessionOptions.Builder<Object> options = SessionOptions.builder().noRetry().maxQueueSize(Integer.MAX_VALUE);
		try (SseServer server = SseServer.in(this.directory).options(options).start();
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

}
