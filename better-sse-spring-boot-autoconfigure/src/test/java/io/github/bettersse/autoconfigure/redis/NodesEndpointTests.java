package io.github.bettersse.autoconfigure.redis;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.bettersse.ClosingAfterEach;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisProxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What operators see of other nodes, and can do there.
 */
class NodesEndpointTests extends ClosingAfterEach {

	private static final Pattern SESSION = Pattern.compile("\"sessions\":\\[\\{\"id\":\"([^\"]+)\"");

	private RedisProxy link;

	private NewsApplication one;

	private NewsApplication two;

	@BeforeEach
	void start() {
		RedisProcess redis = closing(RedisProcess.start());
		this.link = closing(new RedisProxy(redis.port()));
		this.one = start("one", redis.port());
		this.two = start("two", this.link.port());
	}

	private NewsApplication start(String name, int port) {
		return closing(new NewsApplication("better-sse.log=redis", "spring.data.redis.host=127.0.0.1",
				"spring.data.redis.port=" + port, "better-sse.redis.node-name=" + name,
				"management.endpoints.web.exposure.include=sse,ssesessions"));
	}

	@Test
	void lagOfANodeThatStandsStillIsSeen() {
		awaitLagOfTwo(0);
		this.link.hold(true);
		this.one.broadcast("a");
		this.one.broadcast("b");
		this.one.broadcast("c");
		awaitLagOfTwo(3);
		this.link.hold(false);
		awaitLagOfTwo(0);
	}

	private void awaitLagOfTwo(long lag) {
		await().untilAsserted(() -> assertThat(request("GET", this.one, "/sse"))
			.contains("\"name\":\"two\",\"sessionCount\":0,\"lag\":" + lag + "}"));
	}

	@Test
	void sessionOfAnotherNodeIsDisconnected() throws IOException {
		EventStreamClient client = closing(EventStreamClient.connect(this.two.port(), "/news"));
		client.readHead();
		assertThat(client.nextEvent().type()).isEqualTo("stream-cursor");
		String session = awaitSessionOfTwo("none");
		assertThat(request("DELETE", this.one, "/ssesessions/" + session)).startsWith("HTTP/1.1 202 \n");
		assertThat(client.readRest()).endsWith("event: disconnect\nretry: 2147483647\ndata: null\n\n");
		assertThat(request("DELETE", this.one, "/ssesessions/unknown")).as("it may be anywhere")
			.startsWith("HTTP/1.1 202 \n");
		EventStreamClient own = closing(EventStreamClient.connect(this.two.port(), "/news"));
		own.readHead();
		assertThat(request("DELETE", this.two, "/ssesessions/" + awaitSessionOfTwo(session)))
			.startsWith("HTTP/1.1 204 \n");
	}

	/**
	 * Return the id of its one session, as soon as it is shown in place of another one.
	 */
	private String awaitSessionOfTwo(String before) {
		return await().until(() -> {
			Matcher session = SESSION.matcher(request("GET", this.two, "/sse/news"));
			return session.find() ? session.group(1) : before;
		}, (id) -> !id.equals(before));
	}

	private static String request(String method, NewsApplication application, String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.send(application.port(),
				method + " /actuator" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
			String head = client.readHead();
			return method.equals("GET") ? client.readRest() : head;
		}
	}

}
