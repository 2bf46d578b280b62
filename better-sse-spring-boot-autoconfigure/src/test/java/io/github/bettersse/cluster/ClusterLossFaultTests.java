package io.github.bettersse.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisProxy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Redis loses what it has acknowledged, or fails over. Between resets every client has
 * every acknowledged event, and no position is used twice.
 */
class ClusterLossFaultTests extends ClusterFaults {

	private static final int CLIENTS = 15;

	@Test
	void everyClientIsToldWhateverRedisLoses() throws Exception {
		RedisProcess redis = closing(RedisProcess.start("--appendonly", "yes", "--appendfsync", "always"));
		RedisProxy replication = closing(new RedisProxy(redis.port()));
		RedisProxy link = closing(new RedisProxy(redis.port()));
		start(link.port(), 0, CLIENTS);
		losing(() -> redis.command("FLUSHALL"));
		losing(() -> {
			redis.kill();
			// Far more than what has no answer yet
			redis.cutTail(16 * 1024);
			redis.restart();
		});
		RedisProcess replica = newReplica(redis, replication.port());
		losing(() -> {
			replication.refuse(true);
			pause(100);
			failOver(redis, replica, link);
		});
		assertThat(this.clients).allSatisfy((client) -> assertThat(client.received()).contains(ClusterClient.RESET));
	}

	@Test
	void failoverLosesNothingThatWasAcknowledgedIfReplicasAreWaitedFor() throws Exception {
		RedisProcess redis = closing(RedisProcess.start());
		RedisProxy link = closing(new RedisProxy(redis.port()));
		RedisProcess replica = newReplica(redis, redis.port());
		start(link.port(), 1, CLIENTS);
		publishToAll("start");
		String position = this.clients.get(0).positions().keySet().iterator().next();
		during(() -> {
			failOver(redis, replica, link);
			newReplica(replica, replica.port());
		});
		publishToAll("end");
		this.clients.forEach(this::assertNoSilentGap);
		ClusterClient late = newClient(position);
		await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(late.received()).endsWith("end0"));
		List<String> log = new ArrayList<>(List.of("start0"));
		log.addAll(late.received());
		assertThat(log).doesNotHaveDuplicates().doesNotContain(ClusterClient.RESET);
		assertThat(acknowledged()).allSatisfy((texts) -> assertThat(log).containsSubsequence(texts));
	}

	/** Lose events under load; what comes when all have been told, all have. */
	private void losing(Fault fault) throws Exception {
		Map<ClusterClient, Integer> before = this.clients.stream()
			.collect(Collectors.toMap(Function.identity(), ClusterLossFaultTests::countResets));
		during(fault);
		await().atMost(60, TimeUnit.SECONDS)
			.until(() -> this.clients.stream().allMatch((client) -> countResets(client) > before.get(client)));
		publishToAll("told");
		during(() -> {
		});
		publishToAll("end");
		List<String> last = afterLast("told0", this.clients.get(0).received());
		for (ClusterClient client : this.clients) {
			assertThat(afterLast("told0", client.received())).isEqualTo(last);
			assertNoSilentGap(client);
		}
		assertThat(last).hasSize(NODES * EVENTS + 1).doesNotHaveDuplicates();
		assertThat(positions().values()).as("texts at a position").allSatisfy((texts) -> assertThat(texts).hasSize(1));
	}

	private static int countResets(ClusterClient client) {
		return Collections.frequency(client.received(), ClusterClient.RESET);
	}

	private static List<String> afterLast(String text, List<String> texts) {
		return texts.subList(texts.lastIndexOf(text) + 1, texts.size());
	}

	/** Between its resets, a client has all that was acknowledged of each publisher. */
	private void assertNoSilentGap(ClusterClient client) {
		List<String> received = client.received();
		for (List<String> texts : acknowledged()) {
			Set<String> published = Set.copyOf(texts);
			List<String> part = new ArrayList<>();
			for (String text : received) {
				if (text.equals(ClusterClient.RESET)) {
					assertPartOf(texts, part);
					part.clear();
				}
				else if (published.contains(text)) {
					part.add(text);
				}
			}
			assertPartOf(texts, part);
			assertThat(part).endsWith(texts.get(texts.size() - 1));
		}
	}

	private static void assertPartOf(List<String> texts, List<String> part) {
		if (!part.isEmpty()) {
			int start = texts.indexOf(part.get(0));
			assertThat(part).isEqualTo(texts.subList(start, Math.min(start + part.size(), texts.size())));
		}
	}

	private Map<String, List<String>> positions() {
		Map<String, List<String>> all = new TreeMap<>();
		for (ClusterClient client : this.clients) {
			client.positions().forEach((position, text) -> {
				List<String> texts = all.computeIfAbsent(position, (unused) -> new ArrayList<>());
				if (!texts.contains(text)) {
					texts.add(text);
				}
			});
		}
		return all;
	}

	private RedisProcess newReplica(RedisProcess master, int port) {
		RedisProcess replica = closing(RedisProcess.start("--replicaof", "127.0.0.1", String.valueOf(port)));
		await().until(() -> master.info("replication").contains("state=online"));
		return replica;
	}

	private static void failOver(RedisProcess master, RedisProcess replica, RedisProxy link) {
		master.kill();
		replica.command("REPLICAOF", "NO", "ONE");
		link.leadTo(replica.port());
	}

}
