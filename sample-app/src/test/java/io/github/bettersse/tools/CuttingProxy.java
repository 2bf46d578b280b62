package io.github.bettersse.tools;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server, and cuts all their connections when it is told
 * to, as a network does. Thread-safe.
 */
public final class CuttingProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final int target;

	public CuttingProxy(int target) throws IOException {
		this.target = target;
		start(this::accept);
	}

	public int port() {
		return this.server.getLocalPort();
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.sockets.add(client);
				this.sockets.add(upstream);
				start(() -> copy(client, upstream));
				start(() -> copy(upstream, client));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void copy(Socket from, Socket to) {
		byte[] bytes = new byte[8192];
		try (from; to; InputStream in = from.getInputStream()) {
			for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
				to.getOutputStream().write(bytes, 0, read);
			}
		}
		catch (IOException ex) {
			// cut
		}
		this.sockets.remove(from);
	}

	/** Cut what is connected now; who connects again is let through. */
	public void cut() throws IOException {
		for (Socket socket : this.sockets) {
			if (!socket.isClosed()) {
				socket.setSoLinger(true, 0);
				socket.close();
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

}
