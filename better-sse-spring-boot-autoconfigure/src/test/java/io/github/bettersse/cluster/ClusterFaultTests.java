package io.github.bettersse.cluster;

import java.util.List;

import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisProxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes, Redis and the link between them are killed or cut, stand still and are started
 * again. Redis writes through, so that every client must have every event that is in the
 * log, once and in one order, and no reset.
 */
class ClusterFaultTests extends ClusterFaults {

	private static final long FREEZE_MILLIS = 1000L * Integer.getInteger("cluster.freeze", 3);

	private RedisProcess redis;

	private RedisProxy link;

	@BeforeEach
	void start() throws Exception {
		this.redis = closing(RedisProcess.start("--appendonly", "yes", "--appendfsync", "always"));
		this.link = closing(new RedisProxy(this.redis.port()));
		start(this.link.port(), 0, 60);
	}

	private NodeProcess newNode() throws Exception {
		return closing(new NodeProcess(this.link.port(), 0, this.directory)).awaitPort();
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
		during(() -> {
			NodeProcess killed = this.nodes.remove(2);
			killed.kill();
		});
		this.nodes.add(newNode());
		during(() -> {
			this.redis.kill();
			this.redis.restart();
		});
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
				this.nodes.add(newNode());
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
