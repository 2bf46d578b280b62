package io.github.bettersse.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.bettersse.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three nodes in JVMs of their own with clients spread over them and a publisher on each,
 * while nodes and Redis are killed, stand still and are started again. Redis writes
 * through, so that every client must have every event that is in the log, once and in one
 * order, and no reset.
 * <p>
 * The full form has 300 clients, and freezes of 10 s: {@code mvn test
 * -Dtest=ClusterFaultTests -Dcluster.clients=300 -Dcluster.freeze=10}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterFaultTests {

	private static final int CLIENTS = Integer.getInteger("cluster.clients", 60);

	private static final long FREEZE_NANOS = TimeUnit.SECONDS.toNanos(Integer.getInteger("cluster.freeze", 3));

	private static final int EVENTS = 200;

	@TempDir
	Path directory;

	private final RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");

	private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

	private final List<ClusterClient> clients = new ArrayList<>();

	private final Set<String> acknowledged = new HashSet<>();

	private int round;

	@BeforeEach
	void start() throws Exception {
		for (int i = 0; i < 3; i++) {
			this.nodes.add(newNode());
		}
		Random random = new Random();
		for (int i = 0; i < CLIENTS; i++) {
			ClusterClient client = new ClusterClient(() -> anyPort(random), i);
			this.clients.add(client);
			Thread thread = new Thread(client, "client-" + i);
			thread.setDaemon(true);
			thread.start();
		}
		for (ClusterClient client : this.clients) {
			assertThat(client.awaitStart()).as("a cursor within a minute").isTrue();
		}
	}

	private NodeProcess newNode() throws Exception {
		return new NodeProcess(this.redis.port(), this.directory);
	}

	private int anyPort(Random random) {
		List<NodeProcess> alive = List.copyOf(this.nodes);
		return alive.get(random.nextInt(alive.size())).port();
	}

	@AfterEach
	void stop() {
		this.clients.forEach(ClusterClient::stop);
		this.nodes.forEach(NodeProcess::close);
		this.redis.close();
	}

	@Test
	void everyClientGetsEveryEventOnceWhateverFails() throws Exception {
		during(() -> {
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
			LockSupport.parkNanos(FREEZE_NANOS);
			this.redis.resume();
		});
		during(() -> {
			this.nodes.get(0).freeze();
			LockSupport.parkNanos(FREEZE_NANOS);
			this.nodes.get(0).resume();
		});
		for (int i = 0; i < 3; i++) {
			during(() -> {
				NodeProcess restarted = this.nodes.get(0);
				this.nodes.add(newNode());
				this.nodes.remove(restarted);
				this.acknowledged.addAll(restarted.awaitPublished());
				restarted.end();
			});
		}
		NodeProcess last = this.nodes.get(0);
		last.publish("end", 1);
		this.acknowledged.addAll(last.awaitPublished());
		await().atMost(60, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(this.clients)
				.allSatisfy((client) -> assertThat(client.received()).endsWith("end0")));
		List<String> expected = this.clients.get(0).received();
		assertThat(this.clients).allSatisfy((client) -> {
			assertThat(client.received()).isEqualTo(expected);
			assertThat(client.resets()).isZero();
		});
		assertThat(expected).doesNotHaveDuplicates().containsAll(this.acknowledged);
		for (int i = 0; i < this.round; i++) {
			for (int node = 0; node < 3; node++) {
				String name = name(i, node);
				assertThat(expected.stream()
					.filter((text) -> text.startsWith(name))
					.mapToInt((text) -> Integer.parseInt(text.substring(name.length())))).isSorted();
			}
		}
	}

	private static String name(int round, int node) {
		return "r" + round + "n" + node + "e";
	}

	/** Do something while all nodes publish. */
	private void during(Fault fault) throws Exception {
		List<NodeProcess> publishing = List.copyOf(this.nodes);
		IntStream.range(0, publishing.size()).forEach((i) -> publishing.get(i).publish(name(this.round, i), EVENTS));
		this.round++;
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
		fault.happen();
		for (NodeProcess node : publishing) {
			if (this.nodes.contains(node)) {
				this.acknowledged.addAll(node.awaitPublished());
			}
		}
	}

	@FunctionalInterface
	private interface Fault {

		void happen() throws Exception;

	}

}
