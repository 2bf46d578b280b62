package io.github.bettersse.secured;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that asks and never reads.
 */
final class StalledClient implements AutoCloseable {

	private final Socket socket = new Socket();

	StalledClient(int port, String path, String authorization) throws IOException {
		this.socket.setReceiveBufferSize(4096);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n".formatted(path,
				authorization);
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
