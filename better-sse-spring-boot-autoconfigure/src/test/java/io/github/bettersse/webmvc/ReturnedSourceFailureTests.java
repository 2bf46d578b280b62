package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A source that fails before its first item gets an ordinary answer; one that fails later
 * ends the stream. On a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ReturnedSourceFailureTests {

	@LocalServerPort
	private int port;

	@Autowired
	private SseEngine engine;

	@ParameterizedTest
	@ValueSource(strings = { "/iterable", "/iterator", "/stream", "/flux", "/mono", "/flow-publisher", "/stage",
			"/stage-of-flux", "/stage-of-stream" })
	void beforeTheFirstItemItIsAnOrdinaryException(String path, CapturedOutput output) throws IOException {
		assertThat(answer("/early" + path)).isEqualTo("""
				HTTP/1.1 418\s
				Content-Type: text/plain;charset=UTF-8
				Content-Length: 5
				Connection: close

				early""");
		assertThat(this.engine.getSessionCount()).isZero();
		assertThat(output).doesNotContain(" ERROR ", " WARN ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/iterator", "/stream", "/flux", "/later-stage", "/later-stage-of-flux" })
	void laterItEndsTheStreamAndIsLoggedOnce(String path, CapturedOutput output) throws IOException {
		String items = path.startsWith("/later") ? "" : "id: 1\ndata: \"first\"\n\n";
		assertThat(answer("/late" + path)).isEqualTo(Head.OF_STREAM + "retry: 2000\n\n" + items);
		await().untilAsserted(() -> assertThat(output.getAll().split(" ERROR ", -1)).hasSize(2));
		assertThat(output).contains("has failed, which ends the stream").contains("IllegalStateException: late");
		assertThat(output).doesNotContain(" WARN ", "caught by a handler of exceptions");
	}

	@Test
	void afterAPushItEndsTheStreamEvenBeforeItsFirstItem(CapturedOutput output) throws IOException {
		assertThat(answer("/pushed-then-failed"))
			.isEqualTo(Head.OF_STREAM + "retry: 2000\n\nid: 1\ndata: \"first\"\n\n");
		assertThat(output.getAll().split(" ERROR ", -1)).hasSize(2);
		assertThat(output).contains("IllegalStateException: late").doesNotContain("caught by a handler of exceptions");
	}

	private String answer(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Accept: text/event-stream",
				"Connection: close")) {
			return client.readHead() + client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Early.class, Late.class })
	static class Application {

	}

	@RestController
	static class Early {

		private static final IllegalArgumentException FAILURE = new IllegalArgumentException("early");

		@ExceptionHandler
		ResponseEntity<String> handle(IllegalArgumentException ex) {
			return ResponseEntity.status(418).body(ex.getMessage());
		}

		@SseEndpoint("/early/iterable")
		Iterable<Object> iterable() {
			return () -> {
				throw FAILURE;
			};
		}

		@SseEndpoint("/early/iterator")
		Iterator<Object> iterator() {
			return stream().iterator();
		}

		@SseEndpoint("/early/stream")
		Stream<Object> stream() {
			return Stream.of(1).map((number) -> {
				throw FAILURE;
			});
		}

		@SseEndpoint("/early/flux")
		Flux<Object> flux() {
			return Flux.error(FAILURE);
		}

		@SseEndpoint("/early/mono")
		Mono<Object> mono() {
			return Mono.error(FAILURE);
		}

		@SseEndpoint("/early/flow-publisher")
		Flow.Publisher<Object> flowPublisher() {
			return FlowAdapters.toFlowPublisher(Flux.error(FAILURE));
		}

		@SseEndpoint("/early/stage")
		CompletionStage<Object> stage() {
			return CompletableFuture.failedFuture(FAILURE);
		}

		@SseEndpoint("/early/stage-of-flux")
		CompletionStage<Flux<Object>> stageOfFlux() {
			return CompletableFuture.completedFuture(flux());
		}

		@SseEndpoint("/early/stage-of-stream")
		CompletionStage<Stream<Object>> stageOfStream() {
			return CompletableFuture.completedFuture(stream());
		}

	}

	@RestController
	static class Late {

		private static final List<Object> ITEMS = List.of(SseEvent.of("first").id("1"), 2);

		@ExceptionHandler
		ResponseEntity<String> handle(IllegalStateException ex) {
			return ResponseEntity.internalServerError().body("caught by a handler of exceptions");
		}

		private static Object fail(Object item) {
			if (item.equals(2)) {
				throw new IllegalStateException("late");
			}
			return item;
		}

		@SseEndpoint("/late/iterator")
		Iterator<Object> iterator() {
			return stream().iterator();
		}

		@SseEndpoint("/late/stream")
		Stream<Object> stream() {
			return ITEMS.stream().map(Late::fail);
		}

		@SseEndpoint("/late/flux")
		Flux<Object> flux() {
			return Flux.fromIterable(ITEMS).map(Late::fail);
		}

		@SseEndpoint("/late/later-stage")
		CompletionStage<Object> laterStage(Session<?> session) {
			CompletableFuture<Object> stage = new CompletableFuture<>();
			session.onConnected(() -> stage.completeExceptionally(new IllegalStateException("late")));
			return stage;
		}

		@SseEndpoint("/late/later-stage-of-flux")
		CompletionStage<Flux<Object>> laterStageOfFlux(Session<?> session) {
			CompletableFuture<Flux<Object>> stage = new CompletableFuture<>();
			session.onConnected(() -> stage.complete(Flux.error(new IllegalStateException("late"))));
			return stage;
		}

		@SseEndpoint("/pushed-then-failed")
		Iterable<Object> pushedThenFailed(Session<?> session) {
			session.push(SseEvent.of("first").id("1"));
			return () -> {
				throw new IllegalStateException("late");
			};
		}

	}

}
