package io.github.bettersse.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that asks for streams and reads nothing of them. Over HTTP/2 they share a
 * connection, and take a few bytes each (RFC 9113). Without TLS.
 */
final class UnreadStreams implements AutoCloseable {

	private static final int SETTINGS = 4;

	private static final int HEADERS = 1;

	private static final int END_STREAM_AND_HEADERS = 5;

	private static final int INITIAL_WINDOW_SIZE = 4;

	/** Enough for what a stream begins with. */
	private static final int WINDOW = 1000;

	private final List<Socket> sockets = new ArrayList<>();

	private UnreadStreams() {
	}

	/** Ask for streams. */
	static UnreadStreams open(TestServer server, boolean http2, String path, int count) throws IOException {
		UnreadStreams streams = new UnreadStreams();
		if (http2) {
			ByteArrayOutputStream requests = new ByteArrayOutputStream();
			requests.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			writeFrame(requests, SETTINGS, 0, 0,
					new byte[] { 0, INITIAL_WINDOW_SIZE, 0, 0, WINDOW >> 8, (byte) WINDOW });
			for (int i = 0; i < count; i++) {
				writeFrame(requests, HEADERS, END_STREAM_AND_HEADERS, 2 * i + 1, headers(path));
			}
			streams.send(server, requests.toByteArray());
		}
		else {
			for (int i = 0; i < count; i++) {
				streams.send(server,
						("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			}
		}
		return streams;
	}

	private void send(TestServer server, byte[] bytes) throws IOException {
		Socket socket = new Socket();
		this.sockets.add(socket);
		socket.setReceiveBufferSize(4096);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
		socket.getOutputStream().write(bytes);
	}

	private static void writeFrame(ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
		out.writeBytes(new byte[] { 0, (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags,
				0, 0, (byte) (stream >> 8), (byte) stream });
		out.writeBytes(payload);
	}

	/** Return method, scheme, path and authority, compressed as RFC 7541 says. */
	private static byte[] headers(String path) {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		block.writeBytes(new byte[] { (byte) 0x82, (byte) 0x86 });
		writeLiteral(block, 4, path);
		writeLiteral(block, 1, "localhost");
		return block.toByteArray();
	}

	private static void writeLiteral(ByteArrayOutputStream block, int indexOfName, String value) {
		block.write(indexOfName);
		block.write(value.length());
		block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
