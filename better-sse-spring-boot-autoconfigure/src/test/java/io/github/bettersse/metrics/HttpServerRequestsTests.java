package io.github.bettersse.metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import io.github.bettersse.webmvc.SseEndpoint;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A stream lasts for hours: its time is not among those of ordinary requests.
 */
class HttpServerRequestsTests {

	private static final String RETRY = "retry: 2000\n\n";

	private ServletWebServerApplicationContext context;

	/** The servlet containers that Spring Boot embeds, and how they hold a stream. */
	enum Server {

		TOMCAT("jetty.autoconfigure.servlet.Jetty", "auto"),

		ASYNCHRONOUS_TOMCAT("jetty.autoconfigure.servlet.Jetty", "servlet"),

		JETTY("tomcat.autoconfigure.servlet.Tomcat", "auto"),

		ASYNCHRONOUS_JETTY("tomcat.autoconfigure.servlet.Tomcat", "servlet");

		private final String excluded;

		private final String transport;

		Server(String excluded, String transport) {
			this.excluded = "org.springframework.boot." + excluded + "ServletWebServerAutoConfiguration";
			this.transport = transport;
		}

	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@ParameterizedTest
	@EnumSource
	void streamsAreLeftOut(Server server) throws IOException {
		start(server);
		openAndEnd("/stream");
		ask("/plain");
		ask("/refused");
		assertThat(uris()).containsExactlyInAnyOrder("/plain", "/refused");
		assertThat(this.context.getBean(Observations.class).stopped).contains("GET /stream true", "GET /plain null");
	}

	@ParameterizedTest
	@EnumSource
	void openStreamsAreNoActiveRequests(Server server) throws IOException {
		start(server);
		try (EventStreamClient client = open("/stream")) {
			await().until(() -> engine().getSessionCount() == 1);
			assertThat(active()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void streamsAreMeasuredWhereThatIsAskedFor(Server server) throws IOException {
		start(server, "--better-sse.metrics.http-server-requests=true");
		try (EventStreamClient client = open("/stream")) {
			await().until(() -> engine().getSessionCount() == 1);
			await().untilAsserted(() -> assertThat(active()).as("which end when the stream is handed over")
				.isEqualTo(server.transport.equals("servlet") ? 1 : 0));
		}
		engine().getSessions().forEach(Session::close);
		await().untilAsserted(() -> assertThat(uris()).containsExactly("/stream"));
		assertThat(active()).isZero();
	}

	private void start(Server server, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.autoconfigure.exclude=" + server.excluded, "--better-sse.transport=" + server.transport));
		this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
			.run(all.toArray(String[]::new));
	}

	private void openAndEnd(String path) throws IOException {
		try (EventStreamClient client = open(path)) {
			await().until(() -> engine().getSessionCount() == 1);
			engine().getSessions().forEach(Session::close);
			assertThat(client.readRest()).isEqualTo(RETRY);
		}
		await().untilAsserted(
				() -> assertThat(this.context.getBean(Observations.class).stopped).contains("GET " + path + " true"));
	}

	private EventStreamClient open(String path) throws IOException {
		EventStreamClient client = EventStreamClient.connect(this.context.getWebServer().getPort(), path);
		client.readHead();
		return client;
	}

	private void ask(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.context.getWebServer().getPort(), path,
				"Connection: close")) {
			client.readHead();
			client.readRest();
		}
		await().until(() -> uris().contains(path));
	}

	/** Return what was measured. */
	private List<String> uris() {
		return this.context.getBean(MeterRegistry.class)
			.find("http.server.requests")
			.timers()
			.stream()
			.map((timer) -> timer.getId().getTag("uri"))
			.toList();
	}

	private int active() {
		return this.context.getBean(MeterRegistry.class)
			.find("http.server.requests.active")
			.longTaskTimers()
			.stream()
			.mapToInt(LongTaskTimer::activeTasks)
			.sum();
	}

	private SseEngine engine() {
		return this.context.getBean(SseEngine.class);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Endpoints.class, Observations.class })
	static class Application {

	}

	@RestController
	static class Endpoints {

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
		}

		@SseEndpoint("/refused")
		ResponseEntity<Void> refused(Session<?> session) {
			return ResponseEntity.noContent().build();
		}

		@GetMapping("/plain")
		String plain() {
			return "plain";
		}

	}

	/** Notes what a span would be made of. */
	static class Observations implements ObservationHandler<Observation.Context> {

		private final List<String> stopped = new CopyOnWriteArrayList<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ServerRequestObservationContext;
		}

		@Override
		public void onStop(Observation.Context context) {
			KeyValue tag = context.getLowCardinalityKeyValue("better.sse.stream");
			this.stopped.add("GET " + context.getLowCardinalityKeyValue("uri").getValue() + " "
					+ ((tag != null) ? tag.getValue() : null));
		}

	}

}
