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

	private static final int SOME = 30;

	@TempDir
	Path directory;

	final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

	final List<ClusterClient> clients = new ArrayList<>();

	/** Those too that are gone. */
	private final List<NodeProcess> publishers = new ArrayList<>();

	private final Random random = new Random();

	private int rounds;

	/** What the texts of each publisher and round begin with. */
	private final List<String> names = new ArrayList<>();

	final NodeProcess newNode(int redisPort, int waitReplicas) throws Exception {
		NodeProcess node = closing(new NodeProcess(redisPort, waitReplicas, this.directory));
		this.publishers.add(node);
		return node;
	}

	/** Start the nodes, and as many clients as is usual. */
	final void start(int redisPort, int waitReplicas, int usual) throws Exception {
		List<NodeProcess> starting = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			starting.add(newNode(redisPort, waitReplicas));
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
		ClusterClient client = new ClusterClient(this::anyPort, lastEventId);
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
		List<NodeProcess> publishing = publish(EVENTS);
		pause(100);
		fault.happen();
		for (NodeProcess node : publishing) {
			node.awaitPublished();
		}
	}

	/** Let a node go while it publishes, and so do the others before and after. */
	final void leaving(NodeProcess node, Fault fault) throws Exception {
		List<NodeProcess> publishing = publish(Integer.MAX_VALUE);
		awaitAcknowledged(publishing);
		this.nodes.remove(node);
		fault.happen();
		assertThat(node.hasPublished()).isFalse();
		publishing.remove(node);
		awaitAcknowledged(publishing);
		publishing.forEach(NodeProcess::stopPublishing);
		for (NodeProcess other : publishing) {
			other.awaitPublished();
		}
	}

	private List<NodeProcess> publish(int count) {
		List<NodeProcess> publishing = new ArrayList<>(this.nodes);
		for (int i = 0; i < publishing.size(); i++) {
			String name = "r" + this.rounds + "n" + i + "e";
			publishing.get(i).publish(name, count);
			this.names.add(name);
		}
		this.rounds++;
		return publishing;
	}

	/** Wait until each has published some more. */
	private static void awaitAcknowledged(List<NodeProcess> publishing) {
		for (NodeProcess node : publishing) {
			int before = node.acknowledged().size();
			await().atMost(60, TimeUnit.SECONDS).until(() -> node.acknowledged().size() > before + SOME);
		}
	}

	/** Return what each publisher knows to be in the log, in its order. */
	final List<List<String>> acknowledged() {
		return this.publishers.stream().map(NodeProcess::acknowledged).toList();
	}

	/** Let a node publish one event, and wait until all clients have it. */
	final void publishToAll(String name) throws Exception {
		NodeProcess node = this.nodes.get(0);
		node.publish(name, 1);
		node.awaitPublished();
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
