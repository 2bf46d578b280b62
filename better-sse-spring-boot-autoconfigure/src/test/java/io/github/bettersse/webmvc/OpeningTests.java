package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the head and the events of a stream leave, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OpeningTests {

	@LocalServerPort
	private int port;

	@Autowired
	private Streams streams;

	@Autowired
	private ChannelRegistry channels;

	@Test
	void headAndPreambleLeaveWhenTheHandlerReturns() throws IOException {
		try (EventStreamClient client = connect("/silent")) {
			assertThat(client.readHead()).isEqualTo(head());
			assertThat(client.readBody(13)).isEqualTo("retry: 2000\n\n");
		}
	}

	@Test
	void aHandlerThatLoopsStreams() throws Exception {
		try (EventStreamClient client = connect("/loop")) {
			this.streams.continueLoop("1");
			assertThat(client.readHead()).isEqualTo(head());
			assertThat(client.readBody(13)).isEqualTo("retry: 2000\n\n");
			assertThat(client.readBody(20)).isEqualTo("id: 1\ndata: \"tick\"\n\n");
			this.streams.continueLoop("2");
			assertThat(client.readBody(20)).isEqualTo("id: 2\ndata: \"tick\"\n\n");
			this.streams.continueLoop("end");
			assertThat(client.readRest()).isEqualTo("id: end\ndata: \"tick\"\n\n");
		}
	}

	@Test
	void aBroadcastDuringTheHandlerComesBeforeALaterPush() throws IOException {
		try (EventStreamClient client = connect("/broadcast")) {
			assertThat(client.readHead()).isEqualTo(head());
			assertThat(client.readRest()).isEqualTo("""
					retry: 2000

					id: broadcast1
					data: 1

					id: push1
					data: 2

					id: broadcast2
					data: 3

					id: push2
					data: 4

					""");
		}
	}

	@Test
	void aBroadcastDuringAHandlerThatNeverPushesArrives() throws IOException {
		try (EventStreamClient client = connect("/broadcast-only")) {
			assertThat(client.readHead()).isEqualTo(head());
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\nid: broadcast\ndata: 1\n\n");
		}
	}

	@Test
	void aSessionIsConnectedInItsHandlerAndOpensAfterIt() throws Exception {
		try (EventStreamClient client = connect("/listeners")) {
			client.readHead();
			assertThat(this.streams.opened.get(10, TimeUnit.SECONDS)).isEqualTo("in handler: true, 0 registered");
			assertThat(this.channels.channel("listeners").getSessionCount()).isEqualTo(1);
		}
	}

	@Test
	void aControllerWithoutResponseBodyResolvesNoView() throws IOException {
		try (EventStreamClient client = connect("/no-view")) {
			assertThat(client.readHead()).isEqualTo(head());
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\nid: 1\ndata: null\n\n");
		}
	}

	@Test
	void aHandlerThatTakesTheResponseOpensItsSession() throws IOException {
		try (EventStreamClient client = connect("/takes-response")) {
			assertThat(client.readHead()).isEqualTo(head());
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\nid: 1\ndata: null\n\n");
		}
	}

	@Test
	void aResponseStatusIsTheStatusOfTheStream() throws IOException {
		try (EventStreamClient client = connect("/response-status")) {
			assertThat(client.readHead()).isEqualTo(head().replace("200", "202"));
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\nid: 1\ndata: null\n\n");
		}
	}

	@Test
	void aNullResponseEntityAccepts() throws IOException {
		try (EventStreamClient client = connect("/null-entity")) {
			assertThat(client.readHead()).isEqualTo(head());
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\nid: 1\ndata: null\n\n");
		}
	}

	@Test
	void aResponseEntityThatIsOkAcceptsAndAddsItsHeaders() throws IOException {
		try (EventStreamClient client = connect("/ok-entity")) {
			assertThat(client.readHead()).isEqualTo(head().replace("200 \n", "200 \nX-Trace: 1\nX-Trace: 2\n"));
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\n");
		}
	}

	private EventStreamClient connect(String path) throws IOException {
		return EventStreamClient.connect(this.port, path, "Accept: text/event-stream");
	}

	/** Return the head of a stream. */
	String head() {
		return Head.OF_STREAM;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, Views.class })
	static class Application {

	}

	@RestController
	static class Streams {

		private final SynchronousQueue<String> loop = new SynchronousQueue<>();

		private final CompletableFuture<String> opened = new CompletableFuture<>();

		private final Channel<Void, Object> broadcasts;

		private final Channel<Void, Object> listeners;

		Streams(ChannelRegistry channels) {
			this.broadcasts = channels.channel("broadcasts");
			this.listeners = channels.channel("listeners");
		}

		void continueLoop(String id) throws InterruptedException {
			assertThat(this.loop.offer(id, 10, TimeUnit.SECONDS)).isTrue();
		}

		@SseEndpoint("/silent")
		void silent(Session<?> session) {
		}

		@SseEndpoint("/loop")
		void loop(Session<?> session) throws InterruptedException {
			String id = "";
			while (!"end".equals(id)) {
				id = this.loop.poll(10, TimeUnit.SECONDS);
				session.push(SseEvent.of("tick").id(id));
			}
			session.close();
		}

		@SseEndpoint("/broadcast")
		void broadcast(Session<?> session) throws InterruptedException {
			this.broadcasts.register(session);
			broadcastByAnotherThread(SseEvent.of(1).id("broadcast1"));
			session.push(SseEvent.of(2).id("push1"));
			broadcastByAnotherThread(SseEvent.of(3).id("broadcast2"));
			session.push(SseEvent.of(4).id("push2"));
			session.close();
		}

		@SseEndpoint("/broadcast-only")
		void broadcastOnly(Session<?> session) throws InterruptedException {
			this.broadcasts.register(session);
			broadcastByAnotherThread(SseEvent.of(1).id("broadcast"));
			session.close();
		}

		private void broadcastByAnotherThread(SseEvent event) throws InterruptedException {
			Thread thread = new Thread(() -> this.broadcasts.broadcast(event));
			thread.start();
			thread.join();
		}

		@SseEndpoint("/listeners")
		void listeners(Session<?> session) {
			this.listeners.register(session);
			String inHandler = "in handler: %s, %d registered".formatted(session.isConnected(),
					this.listeners.getSessionCount());
			session.onConnected(() -> this.opened.complete(inHandler));
		}

		@SseEndpoint("/takes-response")
		void takesResponse(HttpServletResponse response, Session<?> session) {
			session.push(SseEvent.of(null).id("1")).close();
		}

		@SseEndpoint("/response-status")
		@ResponseStatus(HttpStatus.ACCEPTED)
		void responseStatus(Session<?> session) {
			session.push(SseEvent.of(null).id("1")).close();
		}

		@SseEndpoint("/null-entity")
		@Nullable ResponseEntity<Void> nullEntity(Session<?> session) {
			session.push(SseEvent.of(null).id("1")).close();
			return null;
		}

		@SseEndpoint("/ok-entity")
		ResponseEntity<Void> okEntity(Session<?> session) {
			session.close();
			return ResponseEntity.ok().header("X-Trace", "1", "2").build();
		}

	}

	@Controller
	static class Views {

		@SseEndpoint("/no-view")
		void noView(Session<?> session) {
			session.push(SseEvent.of(null).id("1")).close();
		}

	}

}
