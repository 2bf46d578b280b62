package io.github.bettersse.actuate;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import io.github.bettersse.webmvc.SseEndpoint;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The Actuator endpoints over JMX, and over HTTP on the port of the application.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*",
				"management.endpoints.web.exposure.include=sse", "management.endpoint.sse.show-values=when-authorized",
				"spring.jmx.default-domain=better.sse.test" })
class EndpointsOverJmxTests {

	@LocalServerPort
	private int port;

	@Autowired
	private MBeanServer server;

	@Autowired
	private SseEngine engine;

	@Test
	void theyDescribeAndDisconnect() throws Exception {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/stream")) {
			client.readHead();
			await().until(() -> this.engine.getSessionCount() == 1);
			Map<String, Object> streams = new HashMap<>(Map.of("sessionCount", 1, "channels",
					List.of(Map.of("name", "news/sport", "sessionCount", 1)), "nodes", List.of()));
			streams.put("streamLength", null);
			assertThat(invoke("Sse", "streams")).isEqualTo(streams);
			Map<?, ?> channel = (Map<?, ?>) invoke("Sse", "channel", (Object) new String[] { "news", "sport" });
			List<?> sessions = (List<?>) channel.get("sessions");
			Map<?, ?> session = (Map<?, ?>) sessions.get(0);
			assertThat(session.get("remoteAddress")).as("who may use JMX is authorised").isEqualTo("127.0.0.1");
			assertThat(answer("/actuator/sse/news/sport")).as("who asks over HTTP has to be")
				.contains("\"remoteAddress\":\"******\"");
			assertThat(invoke("Ssesessions", "disconnect", "unknown")).isEqualTo(Map.of("found", false, "told", false));
			assertThat(invoke("Ssesessions", "disconnect", session.get("id")))
				.isEqualTo(Map.of("found", true, "told", false));
			assertThat(client.readRest()).endsWith("event: disconnect\nretry: 2147483647\ndata: null\n\n");
		}
	}

	private Object invoke(String endpoint, String operation, Object... arguments) throws Exception {
		ObjectName name = this.server
			.queryNames(new ObjectName("better.sse.test:type=Endpoint,name=" + endpoint + ",*"), null)
			.iterator()
			.next();
		String[] signature = new String[arguments.length];
		for (int i = 0; i < arguments.length; i++) {
			signature[i] = arguments[i].getClass().getName();
		}
		return this.server.invoke(name, operation, arguments, signature);
	}

	private String answer(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Connection: close")) {
			return client.readHead() + client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final ChannelRegistry channels;

		Streams(ChannelRegistry channels) {
			this.channels = channels;
		}

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
			this.channels.channel("news/sport").register(session);
		}

	}

}
