package io.github.bettersse.webmvc;

import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source is taken from as fast as the client reads, and given back when the client has
 * gone. On a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReturnedSourceEndTests {

	private static final int ITEMS = 10_000_000;

	/** An event of 1 KiB. */
	private static final SseEvent EVENT = SseEvent.raw("x".repeat(1024 - "id: 1\ndata: \n\n".length())).id("1");

	/** More than both sockets' buffers and our queue hold. */
	private static final long MOST_AHEAD = 32 * 1024;

	@LocalServerPort
	private int port;

	@Autowired
	private Streams streams;

	@BeforeEach
	void reset() {
		this.streams.pulled.set(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/iterator", "/stream", "/flux", "/stage-of-flux", "/later-stage-of-flux" })
	void aSlowReaderHoldsItsSource(String path) throws Exception {
		try (EventStreamClient client = EventStreamClient.connectWithSmallBuffer(this.port, path)) {
			client.readHead();
			assertThat(client.readBody(13)).isEqualTo("retry: 2000\n\n");
			for (int read = 0; read < 64 * 1024; read += 1024) {
				assertThat(client.readBody(1024 * 1024)).hasSize(1024 * 1024);
				assertThat(this.streams.pulled.get()).isBetween(read + 1024L, read + 1024 + MOST_AHEAD);
			}
		}
		assertThat(this.streams.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(path);
		assertThat(this.streams.pulled.get()).isLessThan(ITEMS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/idle-flux", "/idle-stage", "/idle-stage-of-flux" })
	void aClientThatLeavesEndsASourceThatGivesNothing(String path) throws Exception {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path)) {
			client.readHead();
			assertThat(client.readBody(13)).isEqualTo("retry: 2000\n\n");
		}
		assertThat(this.streams.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(path);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final AtomicLong pulled = new AtomicLong();

		private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

		@SseEndpoint("/iterator")
		Iterator<SseEvent> iterator() {
			return new Items();
		}

		@SseEndpoint("/stream")
		Stream<SseEvent> stream() {
			return Stream.generate(this::next).limit(ITEMS).onClose(() -> this.ended.add("/stream"));
		}

		@SseEndpoint("/flux")
		Flux<SseEvent> flux() {
			return flux("/flux");
		}

		private Flux<SseEvent> flux(String name) {
			return Flux.range(0, ITEMS).map((number) -> next()).doOnCancel(() -> this.ended.add(name));
		}

		@SseEndpoint("/stage-of-flux")
		CompletionStage<Flux<SseEvent>> stageOfFlux() {
			return CompletableFuture.completedFuture(flux("/stage-of-flux"));
		}

		@SseEndpoint("/later-stage-of-flux")
		CompletionStage<Flux<SseEvent>> laterStageOfFlux(Session<?> session) {
			CompletableFuture<Flux<SseEvent>> stage = new CompletableFuture<>();
			session.onConnected(() -> stage.complete(flux("/later-stage-of-flux")));
			return stage;
		}

		@SseEndpoint(path = "/idle-flux", keepAlive = "50ms")
		Flux<Object> idleFlux() {
			return Flux.never().doOnCancel(() -> this.ended.add("/idle-flux"));
		}

		@SseEndpoint(path = "/idle-stage", keepAlive = "50ms")
		CompletionStage<Object> idleStage() {
			return idle("/idle-stage");
		}

		@SseEndpoint(path = "/idle-stage-of-flux", keepAlive = "50ms")
		CompletionStage<Flux<Object>> idleStageOfFlux() {
			return idle("/idle-stage-of-flux");
		}

		private <T> CompletableFuture<T> idle(String name) {
			CompletableFuture<T> stage = new CompletableFuture<>();
			stage.whenComplete((value, failure) -> {
				if (stage.isCancelled()) {
					this.ended.add(name);
				}
			});
			return stage;
		}

		private SseEvent next() {
			this.pulled.incrementAndGet();
			return EVENT;
		}

		private final class Items implements Iterator<SseEvent>, AutoCloseable {

			@Override
			public boolean hasNext() {
				return Streams.this.pulled.get() < ITEMS;
			}

			@Override
			public SseEvent next() {
				return Streams.this.next();
			}

			@Override
			public void close() {
				Streams.this.ended.add("/iterator");
			}

		}

	}

}
