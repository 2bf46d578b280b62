package io.github.bettersse.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The link between nodes and Redis, which can be cut, or lose answers, or lead elsewhere.
 */
public final class RedisProxy implements AutoCloseable {

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile int target;

	private volatile boolean refusing;

	private volatile boolean losingAnswers;

	private volatile String lastRequest = "";

	private volatile CountDownLatch held = new CountDownLatch(0);

	public RedisProxy(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	public int port() {
		return this.server.getLocalPort();
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "redis-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				if (this.refusing) {
					client.close();
				}
				else {
					connect(client);
				}
			}
		}
		catch (IOException ex) {
			// It is closed
		}
	}

	private void connect(Socket client) throws IOException {
		try {
			Socket redis = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(client);
			this.sockets.add(redis);
			client.setTcpNoDelay(true);
			redis.setTcpNoDelay(true);
			start(() -> copy(client, redis, false));
			start(() -> copy(redis, client, true));
		}
		catch (IOException ex) {
			client.close();
		}
	}

	private void copy(Socket from, Socket to, boolean answers) {
		byte[] bytes = new byte[64 * 1024];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				this.held.await();
				if (!answers && !this.lastRequest.isEmpty()
						&& new String(bytes, 0, count, StandardCharsets.ISO_8859_1).contains(this.lastRequest)) {
					this.losingAnswers = true;
				}
				if (!answers || !this.losingAnswers) {
					out.write(bytes, 0, count);
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			// The link is cut
		}
		this.sockets.remove(from);
		this.sockets.remove(to);
	}

	/** Cut all links; new ones are made. */
	public void cut() {
		this.sockets.forEach((socket) -> {
			try {
				socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/** Cut all links and make no new ones, or make them again. */
	public void refuse(boolean refusing) {
		this.refusing = refusing;
		if (refusing) {
			cut();
		}
	}

	/** Let requests pass but no answers, or both again. */
	public void loseAnswers(boolean losing) {
		this.losingAnswers = losing;
	}

	/** Let no answer pass any more from a request on that has this text in it. */
	void loseAnswersFrom(String request) {
		this.lastRequest = request;
	}

	/** Let nothing pass, or all that has gathered. */
	public void hold(boolean holding) {
		this.held.countDown();
		this.held = new CountDownLatch(holding ? 1 : 0);
	}

	/** Lead to another server. */
	public void leadTo(int port) {
		this.target = port;
		cut();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

}
