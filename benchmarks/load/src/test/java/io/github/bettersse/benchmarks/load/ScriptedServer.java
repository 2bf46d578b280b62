package io.github.bettersse.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server that sends what a test says, to all streams at once when it is asked for
 * events.
 */
final class ScriptedServer implements AutoCloseable {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final String head;

	private final List<String> pieces;

	private final CountDownLatch asked = new CountDownLatch(1);

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	/**
	 * Create a server.
	 * @param head the headers of a stream
	 * @param pieces what is sent to a stream; the server ends a stream after the last
	 * piece, if that is empty
	 */
	ScriptedServer(String head, List<String> pieces) throws IOException {
		this.head = head;
		this.pieces = pieces;
		start(this::accept);
	}

	static String event(int sequence) {
		return "event: tick\nid: " + sequence + "\ndata: " + sequence + ",0000000000,xxx\n\n";
	}

	int port() {
		return this.listener.getLocalPort();
	}

	List<String> requests() {
		return this.requests;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// The test has ended
		}
	}

	private void serve(Socket socket) {
		try {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			OutputStream out = socket.getOutputStream();
			StringBuilder request = new StringBuilder();
			for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
				request.append(line).append('\n');
			}
			this.requests.add(request.toString());
			if (request.indexOf("POST") == 0) {
				write(out, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
				this.asked.countDown();
				return;
			}
			write(out, this.head + "\r\n");
			this.asked.await();
			for (String piece : this.pieces) {
				write(out, piece);
			}
			if (this.pieces.get(this.pieces.size() - 1).isEmpty()) {
				socket.close();
			}
		}
		catch (IOException ex) {
			// The client has gone
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void write(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
