package io.github.bettersse.context;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Streams in the life of an application, on a real port.
 */
class SseLifecycleTests {

	private ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
		.run("--server.port=0", "--better-sse.retry=1s", "--better-sse.shutdown.retry-jitter=2s");

	private SseEngine engine = this.context.getBean(SseEngine.class);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aContextWithOpenStreamsClosesAtOnce() throws IOException {
		try (EventStreamClient first = connect(); EventStreamClient second = connect()) {
			readPreamble(first);
			readPreamble(second);
			assertTimeoutPreemptively(Duration.ofSeconds(2), this.context::close);
			assertGoodbye(first);
			assertGoodbye(second);
		}
		assertThat(this.engine.getSessionCount()).isZero();
	}

	@Test
	void aContextThatWasStoppedStartsAgain() throws IOException {
		try (EventStreamClient client = connect()) {
			readPreamble(client);
			this.context.stop();
			assertGoodbye(client);
		}
		this.context.start();
		try (EventStreamClient client = connect()) {
			readPreamble(client);
		}
	}

	@Test
	void aContextThatWasPausedGoesOn() throws IOException {
		try (EventStreamClient client = connect()) {
			readPreamble(client);
			this.context.pause();
			assertThat(this.engine.isRunning()).isFalse();
			assertGoodbye(client);
		}
		this.context.restart();
		try (EventStreamClient client = connect()) {
			readPreamble(client);
		}
	}

	@Test
	void aNewStreamIsToldToComeBackWhileTheEngineIsStopped() throws IOException {
		this.engine.stop();
		try (EventStreamClient client = connect()) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 \n");
			assertGoodbye(client);
		}
		this.engine.start();
	}

	@Test
	void aHandlerThatPushesAtTheEndOfItsSessionIsNoError() throws Exception {
		try (EventStreamClient client = connect("/slow")) {
			this.context.getBean(Streams.class).entered.get(10, TimeUnit.SECONDS);
			this.engine.stop();
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 \n");
			assertThat(client.readBody(13)).isEqualTo("retry: 1000\n\n");
			assertGoodbye(client);
		}
	}

	@Test
	void aContextBelowDoesNotStopTheStreams() throws IOException {
		ConfigurableApplicationContext child = new SpringApplicationBuilder(Child.class).parent(this.context)
			.run("--server.port=0");
		assertThat(child.getBean(SseEngine.class)).isSameAs(this.engine);
		assertUntouchedBy(child);
	}

	@Test
	void theContextOfAManagementServerDoesNotStopTheStreams() throws IOException {
		close();
		AtomicReference<ConfigurableApplicationContext> management = new AtomicReference<>();
		this.context = new SpringApplicationBuilder(Application.class)
			.listeners((ApplicationListener<WebServerInitializedEvent>) (event) -> {
				if ("management".equals(event.getApplicationContext().getServerNamespace())) {
					management.set((ConfigurableApplicationContext) event.getApplicationContext());
				}
			})
			.run("--server.port=0", "--better-sse.retry=1s", "--management.server.port=0");
		this.engine = this.context.getBean(SseEngine.class);
		assertUntouchedBy(management.get());
	}

	private void assertUntouchedBy(ConfigurableApplicationContext other) throws IOException {
		try (EventStreamClient open = connect()) {
			readPreamble(open);
			other.pause();
			other.stop();
			other.close();
			assertThat(this.engine.isRunning()).isTrue();
			this.engine.getSessions().forEach((session) -> session.push(SseEvent.raw("still").id("1")));
			assertThat(open.readBody(19)).isEqualTo("id: 1\ndata: still\n\n");
			try (EventStreamClient client = connect()) {
				readPreamble(client);
			}
		}
	}

	private EventStreamClient connect() throws IOException {
		return connect("/stream");
	}

	private EventStreamClient connect(String path) throws IOException {
		int port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
		return EventStreamClient.connect(port, path);
	}

	private static void readPreamble(EventStreamClient client) throws IOException {
		assertThat(client.readHead()).startsWith("HTTP/1.1 200 \n");
		assertThat(client.readBody(13)).isEqualTo("retry: 1000\n\n");
	}

	private static void assertGoodbye(EventStreamClient client) throws IOException {
		String goodbye = client.readRest();
		assertThat(goodbye).matches("retry: \\d{4}\n\n");
		assertThat(Integer.parseInt(goodbye.strip().substring(7))).isBetween(1000, 3000);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Child {

	}

	@RestController
	static class Streams {

		private final CompletableFuture<Void> entered = new CompletableFuture<>();

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
		}

		@SseEndpoint("/slow")
		void slow(Session<?> session) {
			this.entered.complete(null);
			await().until(() -> !session.isConnected());
			session.push("too late");
		}

	}

}
