package io.github.bettersse.sample.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A load balancer as small as can be: each request goes to the next node, unless it asks
 * for one by {@code ?node=}; and on to the one after it if that does not serve. Whatever
 * a node sends is passed on as it comes.
 */
final class Front implements AutoCloseable {

	private static final byte[] NOBODY = ("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n"
			+ "Content-Length: 0\r\nConnection: close\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	private final List<ClusterNode> nodes;

	private final int controlPort;

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "front");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicInteger turn = new AtomicInteger();

	Front(int port, List<ClusterNode> nodes, int controlPort) throws IOException {
		this.nodes = nodes;
		this.controlPort = controlPort;
		this.server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.threads.execute(() -> serve(client));
			}
		}
		catch (IOException | RejectedExecutionException ex) {
			// closed
		}
	}

	private void serve(Socket client) {
		try (client) {
			RequestHead head = RequestHead.read(client.getInputStream());
			try (Socket upstream = connect(head)) {
				if (upstream == null) {
					client.getOutputStream().write(NOBODY);
					return;
				}
				upstream.getOutputStream().write(head.forOneRequest());
				this.threads.execute(() -> pass(client, upstream));
				pass(upstream, client);
			}
		}
		catch (IOException | RejectedExecutionException ex) {
			// One of them has gone.
		}
	}

	private @Nullable Socket connect(RequestHead head) {
		if (head.isForControl()) {
			return connect(OptionalInt.of(this.controlPort));
		}
		List<ClusterNode> order = new ArrayList<>(this.nodes);
		Collections.rotate(order, -first(head.node()));
		for (ClusterNode node : order) {
			Socket socket = connect(node.port());
			if (socket != null) {
				return socket;
			}
		}
		return null;
	}

	private int first(String wanted) {
		for (int i = 0; i < this.nodes.size(); i++) {
			if (this.nodes.get(i).name().equals(wanted)) {
				return i;
			}
		}
		return Math.floorMod(this.turn.getAndIncrement(), this.nodes.size());
	}

	private static @Nullable Socket connect(OptionalInt port) {
		try {
			return port.isPresent() ? new Socket(InetAddress.getLoopbackAddress(), port.getAsInt()) : null;
		}
		catch (IOException ex) {
			return null; // it has just ended
		}
	}

	/** Pass on what comes until one of them goes; then the other one is let go, too. */
	private static void pass(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// That is the end of it.
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			Terminal.print("Cannot close port " + port() + ": " + ex.getMessage());
		}
		this.threads.shutdown();
	}

}
