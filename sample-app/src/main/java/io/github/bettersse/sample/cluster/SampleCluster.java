package io.github.bettersse.sample.cluster;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * Runs the whole cluster: Redis, three nodes, and what stands in front of them. All of it
 * ends with this process.
 *
 * <pre>
 *   browser ---&gt; Front (8080) --+---&gt; node-1 ---+
 *                               +---&gt; node-2 ---+---&gt; Redis
 *                               +---&gt; node-3 ---+
 *                               +---&gt; ClusterControl: kills and starts nodes
 * </pre>
 */
public final class SampleCluster implements AutoCloseable {

	private static final int NODES = 3;

	private final RedisProgram redis;

	private final List<ClusterNode> nodes;

	private final ClusterControl control;

	private final Front front;

	private SampleCluster(int port) throws IOException {
		this.redis = RedisProgram.start();
		String start = Instant.now().toString();
		this.nodes = IntStream.rangeClosed(1, NODES)
			.mapToObj((number) -> new ClusterNode("node-" + number, this.redis.port(), start))
			.toList();
		this.control = new ClusterControl(this.nodes);
		this.front = new Front(port, this.nodes, this.control.port());
	}

	/**
	 * Run it until the process is told to end.
	 * @param port the port of the one address
	 */
	public static void run(int port) throws IOException, InterruptedException {
		SampleCluster cluster = new SampleCluster(port);
		Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "end of the cluster"));
		cluster.start();
		new CountDownLatch(1).await();
	}

	private void start() {
		Terminal.print("Starting " + NODES + " nodes ...");
		this.nodes.forEach(ClusterNode::start);
		this.nodes.forEach(ClusterNode::awaitStart);
		Terminal.print("All nodes are there. Open http://localhost:" + this.front.port() + " in two windows. "
				+ "Ctrl+C ends everything.");
	}

	@Override
	public void close() {
		this.front.close();
		this.control.close();
		this.nodes.forEach(ClusterNode::stop);
		this.nodes.forEach(ClusterNode::awaitEnd);
		this.redis.close();
	}

}
