package io.github.bettersse.autoconfigure.redis;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

import io.github.bettersse.ClosingAfterEach;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.test.EventStreamParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Applications that know nothing of Redis but a Sentinel, which puts a replica in the
 * place of the master that is killed.
 */
class SentinelTests extends ClosingAfterEach {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void deliveryGoesOnAtTheReplica(int waitReplicas) throws IOException {
		RedisProcess master = closing(RedisProcess.start());
		for (int i = 0; i < 2; i++) {
			closing(RedisProcess.start("--replicaof", "127.0.0.1", String.valueOf(master.port())));
		}
		await().until(() -> master.info("replication").split("state=online", -1).length == 3);
		RedisProcess sentinel = closing(RedisProcess.startSentinel("log", master.port()));
		await().until(() -> sentinel.info("sentinel").contains("slaves=2"));
		String[] properties = { "better-sse.log=redis", "spring.data.redis.sentinel.master=log",
				"spring.data.redis.sentinel.nodes=127.0.0.1:" + sentinel.port(), "better-sse.redis.append-timeout=20s",
				"better-sse.redis.wait-replicas=" + waitReplicas };
		NewsApplication one = closing(new NewsApplication(properties));
		NewsApplication two = closing(new NewsApplication(properties));
		List<EventStreamClient> clients = List.of(connect(one), connect(two));
		one.broadcast("a");
		two.broadcast("b");
		for (EventStreamClient client : clients) {
			awaitEvent(client, (event) -> "b".equals(event.data()));
		}
		master.kill();
		two.broadcast("c");
		one.broadcast("d");
		for (EventStreamClient client : clients) {
			awaitEvent(client, (event) -> "d".equals(event.data()));
			List<String> received = client.received()
				.getEvents()
				.stream()
				.map((event) -> "message".equals(event.type()) ? event.data() : event.type())
				.toList();
			if (waitReplicas > 0) {
				assertThat(received).containsExactly("stream-cursor", "a", "b", "c", "d");
			}
			else {
				assertThat(received).startsWith("stream-cursor", "a", "b").contains("stream-reset").endsWith("d");
				assertThat(received.subList(received.lastIndexOf("stream-reset"), received.size()))
					.isSubsetOf("stream-reset", "c", "d");
			}
		}
	}

	private EventStreamClient connect(NewsApplication application) throws IOException {
		EventStreamClient client = closing(EventStreamClient.connect(application.port(), "/news"));
		client.readHead();
		awaitEvent(client, (event) -> event.type().equals("stream-cursor"));
		return client;
	}

	private static void awaitEvent(EventStreamClient client, Predicate<EventStreamParser.Event> expected)
			throws IOException {
		while (!expected.test(client.nextEvent())) {
			assertThat(client.received().getEvents()).hasSizeLessThan(20);
		}
	}

}
