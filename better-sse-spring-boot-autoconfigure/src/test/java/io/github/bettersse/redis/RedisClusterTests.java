package io.github.bettersse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.github.bettersse.eventlog.Position;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A log on a Redis Cluster of three masters and a replica.
 */
class RedisClusterTests {

	private static final int SLOTS = 16384;

	private final List<RedisProcess> servers = new ArrayList<>();

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable node : this.opened) {
			node.close();
		}
		this.servers.forEach(RedisProcess::close);
	}

	@Test
	void logIsInOneSlotOfACluster() {
		start();
		LogNode one = node(0);
		LogNode two = node(0);
		one.append("a");
		two.append("b");
		one.awaitFollowed("a", "b");
		two.awaitFollowed("a", "b");
		assertThat(node(0).retained("news")).containsExactly("a", "b");
		assertThat(this.servers.stream().limit(3).filter((server) -> !"0".equals(size(server)))).hasSize(1);
	}

	@Test
	void replicasOfAClusterAreWaitedFor() {
		start();
		RedisProcess master = this.servers.get(this.servers.size() - 2);
		assertThat(master.info("replication")).contains("connected_slaves=1");
		LogNode one = node(1);
		one.append("a");
		assertThat(one.followed()).containsExactly("a");
		RedisProcess replica = this.servers.get(this.servers.size() - 1);
		replica.freeze();
		CompletableFuture<Position> second = one.appendAsync("news", "b");
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS));
		replica.resume();
		second.join();
		assertThat(one.followed()).containsExactly("a", "b");
	}

	private static String size(RedisProcess server) {
		return String.valueOf(server.command("DBSIZE"));
	}

	private LogNode node(int waitReplicas) {
		RedisClusterConfiguration configuration = new RedisClusterConfiguration();
		configuration.clusterNode("127.0.0.1", this.servers.get(0).port());
		LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration, LettuceClientConfiguration
			.builder()
			.clientOptions(ClusterClientOptions.builder(ClientOptions.builder().autoReconnect(false).build()).build())
			.commandTimeout(Duration.ofSeconds(2))
			.shutdownQuietPeriod(Duration.ZERO)
			.build());
		factory.setShareNativeConnection(false);
		factory.afterPropertiesSet();
		factory.start();
		LogNode node = new LogNode(factory, LogNode.settings(Duration.ofSeconds(20), waitReplicas, 1024 * 1024));
		this.opened.add(node);
		return node;
	}

	/** Three masters with a third of the slots each, and a replica of that of the log. */
	private void start() {
		IntStream.range(0, 4)
			.forEach((i) -> this.servers.add(RedisProcess.start("--cluster-enabled", "yes", "--cluster-config-file",
					"nodes.conf", "--cluster-require-full-coverage", "no")));
		int slot = SlotHash.getSlot(LogKeys.of("log").state());
		for (int i = 0; i < 3; i++) {
			for (int from = i * SLOTS / 3; from < (i + 1) * SLOTS / 3; from += 1000) {
				String[] slots = IntStream.range(from, Math.min(from + 1000, (i + 1) * SLOTS / 3))
					.mapToObj(String::valueOf)
					.toArray(String[]::new);
				String[] arguments = new String[slots.length + 1];
				arguments[0] = "ADDSLOTS";
				System.arraycopy(slots, 0, arguments, 1, slots.length);
				this.servers.get(i).command("CLUSTER", arguments);
			}
		}
		for (RedisProcess server : this.servers) {
			this.servers.get(0).command("CLUSTER", "MEET", "127.0.0.1", String.valueOf(server.port()));
		}
		await().until(() -> this.servers.stream()
			.allMatch((server) -> text(server, "CLUSTER", "INFO").contains("cluster_known_nodes:4")));
		RedisProcess master = this.servers.remove(Math.min(2, slot * 3 / SLOTS));
		this.servers.add(2, master);
		String id = text(master, "CLUSTER", "MYID");
		await().ignoreExceptions().until(() -> this.servers.get(3).command("CLUSTER", "REPLICATE", id) != null);
		await().until(() -> master.info("replication").contains("state=online"));
		await().until(() -> this.servers.stream()
			.allMatch((server) -> text(server, "CLUSTER", "INFO").contains("cluster_state:ok")));
	}

	private static String text(RedisProcess server, String name, String... arguments) {
		Object answer = server.command(name, arguments);
		return (answer instanceof byte[] bytes) ? LogKeys.text(bytes) : String.valueOf(answer);
	}

}
