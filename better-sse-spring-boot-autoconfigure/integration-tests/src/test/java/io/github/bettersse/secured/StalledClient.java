package io.github.bettersse.secured;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that asks and does not read.
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

	/** Read what is left until the server has cut the connection. */
	void awaitCut() throws IOException {
		this.socket.setSoTimeout(10_000);
		try {
			this.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
