package io.github.bettersse.servlet;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Non-blocking input and output of one connection. One thread may write while another
 * reads.
 * <p>
 * This is the socket itself and nothing of a container's, which may use its objects again
 * for other clients: a write that comes too late fails, whatever happens.
 */
public class ChannelSocket {

	/** The JDK copies as much outside the heap, once for each thread. */
	private static final int MAX_WRITE = 64 * 1024;

	private static final int MAX_READS = 64;

	private static final int READ_SIZE = 1024;

	private final SocketChannel channel;

	private volatile boolean resetAtClose;

	/**
	 * Take a channel.
	 * @param channel a connected one that does not block
	 */
	public ChannelSocket(SocketChannel channel) {
		this.channel = channel;
	}

	/** Return whether it was connected a moment ago. */
	final boolean seemsConnected() {
		return this.channel.isOpen() && this.channel.isConnected();
	}

	/**
	 * Write as much as the socket takes.
	 * @param bytes what to write; its position is moved on
	 * @return whether all of it is out
	 * @throws IOException if the connection has ended
	 */
	protected boolean write(ByteBuffer bytes) throws IOException {
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

	/**
	 * Write as much as the socket takes of so little.
	 * @param bytes what to write; its position is moved on
	 * @throws IOException if the connection has ended
	 */
	protected void writeSome(ByteBuffer bytes) throws IOException {
		this.channel.write(bytes);
	}

	/**
	 * Read what the client has sent and forget it. A part of it, if it is so much that
	 * others would have to wait.
	 * @return false if the client sends nothing more
	 * @throws IOException if the client has reset the connection
	 */
	final boolean skipInput() throws IOException {
		ByteBuffer input = ByteBuffer.allocate(readSize());
		int read = 1;
		for (int i = 0; i < MAX_READS && read > 0; i++) {
			read = read(input.clear());
		}
		return read >= 0;
	}

	/**
	 * Return how much is read at once.
	 * @return the number of bytes
	 */
	protected int readSize() {
		return READ_SIZE;
	}

	/**
	 * Read what there is.
	 * @param input takes what is read
	 * @return how many bytes that is, -1 if the client sends nothing more
	 * @throws IOException if the client has reset the connection
	 */
	protected int read(ByteBuffer input) throws IOException {
		return this.channel.read(input);
	}

	/** Have what the client has not read dropped when the connection is closed. */
	final void resetAtClose() {
		try {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			this.resetAtClose = true;
		}
		catch (IOException | UnsupportedOperationException ex) {
			// It is closed already, or is no TCP connection: the system drops it later.
		}
	}

	/**
	 * The container is about to close the connection: do it now if it is to be reset. The
	 * container would let TLS say good-bye to the client first, as if the stream was
	 * complete.
	 * @return whether it was closed
	 */
	public final boolean closeIfReset() {
		if (this.resetAtClose) {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// It is closed.
			}
		}
		return this.resetAtClose;
	}

}
