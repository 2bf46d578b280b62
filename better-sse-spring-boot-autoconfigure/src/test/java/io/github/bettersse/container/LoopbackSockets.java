package io.github.bettersse.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

import javax.net.SocketFactory;

/**
 * Makes sockets with a receive buffer so small that the server soon notices if nothing is
 * read.
 */
final class LoopbackSockets extends SocketFactory {

	@Override
	public Socket createSocket() {
		Socket socket = new Socket();
		try {
			socket.setReceiveBufferSize(64 * 1024);
		}
		catch (SocketException ex) {
			throw new UncheckedIOException(ex);
		}
		return socket;
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
		throw new UnsupportedOperationException();
	}

}
