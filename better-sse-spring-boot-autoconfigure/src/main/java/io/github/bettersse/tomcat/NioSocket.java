package io.github.bettersse.tomcat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.Poller;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Non-blocking input and output of one connection of Tomcat, past the buffers that Tomcat
 * has for it. One thread may write while another reads.
 * <p>
 * Without TLS this is the socket itself and nothing of Tomcat's, which uses its objects
 * again for other clients: a write that comes too late fails, whatever happens.
 */
class NioSocket {

	/** The JDK copies as much outside the heap, once for each thread. */
	private static final int MAX_WRITE = 64 * 1024;

	private static final int MAX_READS = 64;

	private static final int READ_SIZE = 1024;

	private final SocketChannel channel;

	NioSocket(SocketChannel channel) {
		this.channel = channel;
	}

	static NioSocket of(NioSocketWrapper wrapper) {
		NioChannel channel = wrapper.getSocket();
		return (channel instanceof SecureNioChannel secure) ? new TlsSocket(wrapper, secure)
				: new NioSocket(channel.getIOChannel());
	}

	/**
	 * Look for what the stream will call.
	 * @throws ReflectiveOperationException if this Tomcat has another shape
	 */
	static void requireMethods() throws ReflectiveOperationException {
		NioChannel.class.getMethod("getIOChannel");
		NioSocketWrapper.class.getMethod("registerWriteInterest");
		SocketWrapperBase.class.getMethod("processSocket", SocketEvent.class, boolean.class);
		NioSocketWrapper.class.getMethod("getPoller");
		Poller.class.getMethod("getSelector");
		SocketWrapperBase.class.getMethod("getSocketBufferHandler");
		SocketBufferHandler.class.getMethod("reset");
	}

	/**
	 * Write as much as the socket takes.
	 * @return whether all of it is out
	 */
	boolean write(ByteBuffer bytes) throws IOException {
		int end = bytes.limit();
		boolean full = false;
		while (bytes.hasRemaining() && !full) {
			bytes.limit(Math.min(end, bytes.position() + MAX_WRITE));
			writeSome(bytes);
			full = bytes.hasRemaining();
			bytes.limit(end);
		}
		return !full;
	}

	/** Return whether it was connected a moment ago. */
	boolean seemsConnected() {
		return this.channel.isOpen() && this.channel.isConnected();
	}

	/** Write as much as the socket takes of so little. */
	void writeSome(ByteBuffer bytes) throws IOException {
		this.channel.write(bytes);
	}

	/**
	 * Read what the client has sent and forget it. A part of it, if it is so much that
	 * others would have to wait.
	 * @return false if the client sends nothing more
	 */
	boolean skipInput() throws IOException {
		ByteBuffer input = ByteBuffer.allocate(readSize());
		int read = 1;
		for (int i = 0; i < MAX_READS && read > 0; i++) {
			read = read(input.clear());
		}
		return read >= 0;
	}

	int readSize() {
		return READ_SIZE;
	}

	int read(ByteBuffer input) throws IOException {
		return this.channel.read(input);
	}

	/**
	 * Have what the client has not read dropped when the connection is closed.
	 * @return whether it will be
	 */
	boolean resetAtClose() {
		try {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			return true;
		}
		catch (IOException | UnsupportedOperationException ex) {
			// It is closed already, or is no TCP connection: the system drops it later.
			return false;
		}
	}

	/**
	 * Close a connection that is to be reset. Tomcat is about to do so, but would let TLS
	 * say good-bye to the client first, as if the stream was complete.
	 */
	void reset(Selector selector) {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// It is closed.
		}
		// The JDK keeps it open until the selector has let it go.
		selector.wakeup();
	}

}
