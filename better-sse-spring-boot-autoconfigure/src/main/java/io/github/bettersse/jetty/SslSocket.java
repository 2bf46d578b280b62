package io.github.bettersse.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import io.github.bettersse.servlet.ChannelSocket;
import org.eclipse.jetty.io.EndPoint;

/**
 * A connection with TLS, by way of Jetty, which lets one thread write while another
 * reads.
 */
final class SslSocket extends ChannelSocket {

	private final EndPoint endPoint;

	SslSocket(EndPoint endPoint, SocketChannel channel) {
		super(channel);
		this.endPoint = endPoint;
	}

	/** Nothing is left over only if what was encrypted is out too. */
	@Override
	protected boolean write(ByteBuffer bytes) throws IOException {
		return this.endPoint.flush(bytes);
	}

	/** Jetty takes a buffer whose limit is its position for an empty one. */
	@Override
	protected int read(ByteBuffer input) throws IOException {
		return this.endPoint.fill(input.limit(0));
	}

}
