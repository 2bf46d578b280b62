package io.github.bettersse.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;

/**
 * A connection with TLS. Reading may write too, as an answer of TLS itself, to the same
 * buffer as a write does; so there is one at a time. Neither waits for the client.
 */
final class TlsSocket extends NioSocket {

	private final NioSocketWrapper wrapper;

	private final SecureNioChannel channel;

	private final ReentrantLock lock = new ReentrantLock();

	TlsSocket(NioSocketWrapper wrapper, SecureNioChannel channel) {
		super(channel.getIOChannel());
		this.wrapper = wrapper;
		this.channel = channel;
	}

	@Override
	protected boolean write(ByteBuffer bytes) throws IOException {
		// Tomcat refuses to write on a thread that is interrupted.
		boolean interrupted = Thread.interrupted();
		this.lock.lock();
		try {
			if (this.wrapper.isClosed()) {
				throw new IOException("The connection is closed");
			}
			return super.write(bytes) && this.channel.getOutboundRemaining() == 0;
		}
		finally {
			this.lock.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Also what is left of the last write, encrypted already. */
	@Override
	protected void writeSome(ByteBuffer bytes) throws IOException {
		int written;
		do {
			written = this.channel.write(bytes);
		}
		while (written > 0 && bytes.hasRemaining());
	}

	@Override
	protected int readSize() {
		return this.channel.getSslEngine().getSession().getApplicationBufferSize();
	}

	@Override
	protected int read(ByteBuffer input) throws IOException {
		this.lock.lock();
		try {
			return this.channel.read(input);
		}
		finally {
			this.lock.unlock();
		}
	}

}
