package io.github.bettersse.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

import io.github.bettersse.benchmarks.server.Tick;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of a run come from: the server, which is asked for them, or this
 * client, which publishes them one after the other. In a thread of its own.
 */
final class EventSource implements AutoCloseable {

	private final LoadOptions options;

	private final Thread thread = new Thread(this::run, "event source");

	private volatile boolean closed;

	private volatile @Nullable String failure;

	private EventSource(LoadOptions options) {
		this.options = options;
		this.thread.setDaemon(true);
	}

	static EventSource start(LoadOptions options) {
		EventSource source = new EventSource(options);
		source.thread.start();
		return source;
	}

	@Nullable String failure() {
		return this.failure;
	}

	/** Return whether the server has taken all that was asked of it, or will not. */
	boolean isDone() {
		return !this.thread.isAlive();
	}

	private void run() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.options.port())) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) this.options.timeout().toMillis());
			if (this.options.publishPath() != null) {
				publish(socket, this.options.publishPath());
			}
			else {
				String query = "count=" + this.options.count() + "&size=" + this.options.size() + "&rate="
						+ this.options.rate();
				post(socket, this.options.trigger() + query, "", "");
			}
		}
		catch (IOException ex) {
			if (!this.closed) {
				this.failure = "No events: " + ex;
			}
		}
	}

	private void publish(Socket socket, String path) throws IOException {
		long start = System.nanoTime();
		for (int i = 0; i < this.options.count() && !this.closed; i++) {
			if (this.options.rate() > 0) {
				long due = start + (long) (i * 1e9 / this.options.rate());
				while (System.nanoTime() < due) {
					LockSupport.parkNanos(due - System.nanoTime());
				}
			}
			post(socket, path, "X-EventSource-Event: " + Tick.NAME + "\r\n", Tick.data(i, this.options.size()));
		}
	}

	private void post(Socket socket, String path, String headers, String body) throws IOException {
		String request = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.options.port() + "\r\n" + headers
				+ "Content-Length: " + body.length() + "\r\n\r\n" + body;
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		int status = HttpAnswer.readStatus(socket.getInputStream());
		if (status < 200 || status > 299) {
			throw new IOException("status " + status);
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
