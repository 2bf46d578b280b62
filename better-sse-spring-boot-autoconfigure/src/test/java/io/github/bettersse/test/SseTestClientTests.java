package io.github.bettersse.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The client for tests, against a real server and against {@link MockMvc}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "better-sse.keep-alive=50ms")
@AutoConfigureMockMvc
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SseTestClientTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MockMvc mvc;

	@Autowired
	private Streams streams;

	Stream<Named<Supplier<SseTestClient.Builder>>> clients() {
		return Stream.of(Named.of("port", () -> SseTestClient.on(this.port)),
				Named.of("MockMvc", () -> SseTestClient.on(this.mvc)));
	}

	@ParameterizedTest
	@MethodSource("clients")
	void eventsAreWaitedForAndCounted(Supplier<SseTestClient.Builder> clients) {
		try (SseTestClient client = clients.get().header("X-Name", "ada").connect("/stream?name=x")) {
			assertThat(client.getStatus()).isEqualTo(200);
			assertThat(client.getHeaders()).containsEntry("content-type", List.of("text/event-stream"));
			assertThat(client).receives("message", "\"ada\"");
			this.streams.news.broadcast(1, "number");
			this.streams.news.broadcast(2, "number");
			this.streams.news.broadcast("end", "last");
			assertThat(client).receivesData("1");
			assertThat(client.nextEvent("last").data()).isEqualTo("\"end\"");
			assertThat(client).hasEventCount(4).hasNothingMore().hasRetry(Duration.ofSeconds(2)).isOpen();
		}
	}

	@ParameterizedTest
	@MethodSource("clients")
	void reconnectsWithTheLastId(Supplier<SseTestClient.Builder> clients) {
		try (SseTestClient client = clients.get().header("X-Name", "ada").connect("/stream")) {
			assertThat(client).receivesData("\"ada\"");
			this.streams.news.broadcast(1);
			assertThat(client).receivesData("1");
			client.cut();
			assertThat(client).ends();
			this.streams.news.broadcast(2);
			try (SseTestClient again = client.reconnect()) {
				assertThat(again).receivesData("2", "\"ada\"");
				this.streams.news.broadcast(3);
				assertThat(again).receivesData("3");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("clients")
	void comesWithAnId(Supplier<SseTestClient.Builder> clients) {
		String before = this.streams.news.getPosition();
		this.streams.news.broadcast(1);
		try (SseTestClient client = clients.get()
			.lastEventId(before)
			.header("X-Name", "ada")
			.timeout(Duration.ofSeconds(20))
			.connect("/stream")) {
			assertThat(client).receivesData("1");
		}
	}

	@ParameterizedTest
	@MethodSource("clients")
	void connectionThatIsCutIsNoticed(Supplier<SseTestClient.Builder> clients) throws InterruptedException {
		this.streams.reasons.clear();
		try (SseTestClient client = clients.get().header("X-Name", "cut").connect("/stream")) {
			client.cut();
			assertThat(this.streams.reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.CLIENT_GONE);
		}
	}

	@ParameterizedTest
	@MethodSource("clients")
	void postsAndReadsToTheEnd(Supplier<SseTestClient.Builder> clients) {
		try (SseTestClient client = clients.get().post("text/plain", "question").connect("/posted")) {
			assertThat(client).receives("message", "\"question\"").ends().hasNothingMore();
		}
	}

	@ParameterizedTest
	@MethodSource("clients")
	void otherAnswerThanAStream(Supplier<SseTestClient.Builder> clients) {
		try (SseTestClient client = clients.get().connect("/refused")) {
			assertThat(client.getStatus()).isEqualTo(409);
			assertThat(client).ends().hasText("");
		}
	}

	@Test
	void requestToAServerCannotBeProcessed() {
		assertThatIllegalStateException()
			.isThrownBy(() -> SseTestClient.on(this.port).with((request) -> request).connect("/stream"));
	}

	@Test
	void serverThatIsNotThere() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> SseTestClient.on(URI.create("http://localhost:1")).connect("/stream"))
			.withMessage("The server cannot be reached");
	}

	@Test
	void requestToMockMvcIsProcessed() {
		try (SseTestClient client = SseTestClient.on(this.mvc).with((request) -> {
			request.addHeader("X-Name", "processed");
			return request;
		}).connect("/stream")) {
			assertThat(client).receivesData("\"processed\"");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

		private final Channel<Void, Object> news;

		Streams(ChannelRegistry channels) {
			this.news = channels.channel("news",
					ChannelOptions.<Void, Object>builder().history(History.ofEvents(100)).build());
		}

		@SseEndpoint("/stream")
		void stream(Session<?> session, @RequestHeader("X-Name") String name) {
			session.onDisconnected((reason) -> {
				if (name.equals("cut")) {
					this.reasons.add(reason);
				}
			});
			this.news.register(session);
			session.push(name);
		}

		@SseEndpoint(path = "/posted", method = RequestMethod.POST)
		void posted(Session<?> session, @RequestBody String question) {
			session.push(SseEvent.of(question)).close();
		}

		@SseEndpoint("/refused")
		ResponseEntity<Void> refused() {
			return ResponseEntity.status(409).build();
		}

	}

}
