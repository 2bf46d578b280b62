package io.github.bettersse.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.bettersse.ClosingAfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three nodes in JVMs of their own with clients spread over them and a publisher on each,
 * while something fails.
 * <p>
 * The full form has 300 clients, and freezes of 10 s: {@code mvn test
 * -Dtest='Cluster*FaultTests' -Dcluster.clients=300 -Dcluster.freeze=10}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class ClusterFaults extends ClosingAfterEach {

	static final int NODES = 3;

	static final int EVENTS = 200;

	@TempDir
	Path directory;

	final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

	final List<ClusterClient> clients = new ArrayList<>();

	/** By publisher, in its order. */
	final List<List<String>> acknowledged = new ArrayList<>();

	private final Random random = new Random();

	/** How many clients there have been. */
	private int started;

	/** What the texts of each publisher and round begin with. */
	private final List<String> names = new ArrayList<>();

	/** Start the nodes, and as many clients as is usual. */
	final void start(int redisPort, int waitReplicas, int usual) throws Exception {
		List<NodeProcess> starting = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			starting.add(closing(new NodeProcess(redisPort, waitReplicas, this.directory)));
			this.acknowledged.add(new ArrayList<>());
		}
		for (NodeProcess node : starting) {
			this.nodes.add(node.awaitPort());
		}
		for (int i = 0; i < Integer.getInteger("cluster.clients", usual); i++) {
			this.clients.add(newClient(""));
		}
		for (ClusterClient client : this.clients) {
			assertThat(client.awaitStart()).as("a cursor within a minute").isTrue();
		}
	}

	final ClusterClient newClient(String lastEventId) {
		ClusterClient client = new ClusterClient(this::anyPort, this.started++, lastEventId);
		this.<AutoCloseable>closing(client::stop);
		client.start();
		return client;
	}

	private synchronized int anyPort() {
		List<NodeProcess> alive = List.copyOf(this.nodes);
		return alive.get(this.random.nextInt(alive.size())).port();
	}

	/** Let all nodes publish, and do something meanwhile. */
	final void during(Fault fault) throws Exception {
		List<NodeProcess> publishing = List.copyOf(this.nodes);
		for (int i = 0; i < NODES; i++) {
			String name = "r" + this.names.size() / NODES + "n" + i + "e";
			publishing.get(i).publish(name, EVENTS);
			this.names.add(name);
		}
		pause(100);
		fault.happen();
		for (int i = 0; i < NODES; i++) {
			if (this.nodes.contains(publishing.get(i))) {
				this.acknowledged.get(i).addAll(publishing.get(i).awaitPublished());
			}
		}
	}

	/** Let a node publish one event, and wait until all clients have it. */
	final void publishToAll(String name) throws Exception {
		NodeProcess node = this.nodes.get(0);
		node.publish(name, 1);
		this.acknowledged.get(0).addAll(node.awaitPublished());
		await().atMost(60, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(this.clients)
				.allSatisfy((client) -> assertThat(client.received()).endsWith(name + "0")));
	}

	final List<String> names() {
		return this.names;
	}

	static void pause(long millis) {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
	}

	@FunctionalInterface
	interface Fault {

		void happen() throws Exception;

	}

}
