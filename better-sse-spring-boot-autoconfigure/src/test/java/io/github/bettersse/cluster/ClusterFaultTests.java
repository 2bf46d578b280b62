package io.github.bettersse.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisProxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes, Redis and the link between them are killed or cut, stand still and are started
 * again. Redis writes through, so that every client must have every event that is in the
 * log, once and in one order, and no reset. Who does not come back to a node that was
 * killed has left.
 */
class ClusterFaultTests extends ClusterFaults {

	private static final long FREEZE_MILLIS = 1000L * Integer.getInteger("cluster.freeze", 3);

	/** Of those who connect to a node and do not come back. */
	private static final List<String> USERS = List.of("alone", "elsewhere", "twice");

	private RedisProcess redis;

	private RedisProxy link;

	@BeforeEach
	void start() throws Exception {
		this.redis = closing(RedisProcess.start("--appendonly", "yes", "--appendfsync", "always"));
		this.link = closing(new RedisProxy(this.redis.port()));
		start(this.link.port(), 0, 60);
	}

	private NodeProcess newNode() throws Exception {
		return closing(new NodeProcess(this.link.port(), 0, this.directory));
	}

	private void visit(NodeProcess node, String... users) throws Exception {
		for (String user : users) {
			closing(EventStreamClient.connect(node.port(), "/sse?" + user));
		}
	}

	/** All nodes come to know of so many sessions besides those of the clients. */
	private void awaitPresence(int visits, String... users) {
		List<String> expected = new ArrayList<>(List.of(String.valueOf(this.clients.size() + visits)));
		expected.addAll(List.of(users));
		Stream.of(users).map(NodeApplication.ONLINE::concat).forEach(expected::add);
		for (NodeProcess node : this.nodes) {
			await().atMost(30, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(node.presence(USERS)).isEqualTo(expected));
		}
	}

	/** Together the nodes say who has joined, or who has left: each once. */
	private void awaitTold(String sign, String... users) {
		await().untilAsserted(() -> {
			List<String> told = new ArrayList<>();
			for (NodeProcess node : this.nodes) {
				told.addAll(node.told());
			}
			assertThat(told).filteredOn((text) -> text.startsWith(sign))
				.containsExactlyInAnyOrderElementsOf(Stream.of(users).map(sign::concat).toList());
		});
	}

	@Test
	void everyClientGetsEveryEventOnceWhateverFails() throws Exception {
		during(() -> {
		});
		during(() -> {
			for (int i = 0; i < 3; i++) {
				this.link.cut();
				pause(100);
			}
			this.link.refuse(true);
			pause(500);
			this.link.refuse(false);
		});
		visit(this.nodes.get(2), "alone", "twice", "twice", "elsewhere");
		visit(this.nodes.get(0), "elsewhere");
		awaitPresence(5, "alone", "elsewhere", "twice");
		awaitTold("+", "alone", "elsewhere", "twice");
		during(() -> {
			NodeProcess killed = this.nodes.remove(2);
			killed.kill();
		});
		NodeProcess next = newNode();
		awaitPresence(1, "elsewhere");
		this.nodes.add(next.awaitPort());
		awaitPresence(1, "elsewhere");
		during(() -> {
			this.redis.kill();
			this.redis.restart();
		});
		awaitTold("-", "alone", "twice");
		during(() -> {
			this.redis.freeze();
			pause(FREEZE_MILLIS);
			this.redis.resume();
		});
		during(() -> {
			this.nodes.get(0).freeze();
			pause(FREEZE_MILLIS);
			this.nodes.get(0).resume();
		});
		for (int i = 0; i < NODES; i++) {
			during(() -> {
				NodeProcess restarted = this.nodes.get(0);
				this.nodes.add(newNode().awaitPort());
				this.nodes.remove(restarted);
				this.acknowledged.get(0).addAll(restarted.awaitPublished());
				restarted.end();
			});
		}
		publishToAll("end");
		List<String> expected = this.clients.get(0).received();
		assertThat(this.clients.stream().flatMap((client) -> client.difference(expected).stream())).isEmpty();
		assertThat(expected).doesNotHaveDuplicates().doesNotContain(ClusterClient.RESET);
		assertThat(this.acknowledged).allSatisfy((texts) -> assertThat(expected).containsSubsequence(texts));
		for (String name : names()) {
			assertThat(expected.stream()
				.filter((text) -> text.startsWith(name))
				.mapToInt((text) -> Integer.parseInt(text.substring(name.length())))).isSorted();
		}
	}

}
