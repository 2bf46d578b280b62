package io.github.bettersse.actuate;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The context of a management port of its own is a child of that of the application.
 */
class ManagementContextTests {

	@Test
	void closingItTouchesNothing() throws IOException {
		try (ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
				Application.class)
			.run("--server.port=0", "--management.server.port=0", "--server.address=127.0.0.1",
					"--management.server.address=127.0.0.1", "--management.endpoints.web.exposure.include=*");
				EventStreamClient client = EventStreamClient.connect(context.getWebServer().getPort(), "/stream")) {
			client.readHead();
			SseEngine engine = context.getBean(SseEngine.class);
			await().until(() -> engine.getSessionCount() == 1);
			context.getBean(Streams.class).management.get().close();
			assertThat(engine.isRunning()).isTrue();
			engine.getSessions().forEach((session) -> session.push(SseEvent.raw("x").id("1")));
			engine.getSessions().forEach(Session::close);
			assertThat(client.readRest()).isEqualTo("retry: 2000\n\nid: 1\ndata: x\n\n");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final AtomicReference<ConfigurableApplicationContext> management = new AtomicReference<>();

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
		}

		@EventListener
		void started(WebServerInitializedEvent event) {
			if ("management".equals(event.getApplicationContext().getServerNamespace())) {
				this.management.set((ConfigurableApplicationContext) event.getApplicationContext());
			}
		}

	}

}
