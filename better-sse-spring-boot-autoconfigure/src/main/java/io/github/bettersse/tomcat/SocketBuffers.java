package io.github.bettersse.tomcat;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;

import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Frees the two buffers that Tomcat has for each connection, 8 KB each, while a stream
 * does without them. Thread-safe.
 * <p>
 * Tomcat uses a connection's objects again for others. In the rare case that it closes
 * one without a word, they come back with the buffers that a stream leaves: small, yet
 * such as do for any request.
 */
final class SocketBuffers {

	private static final int SMALL = 256;

	private final Field readBuffer;

	private final Field writeBuffer;

	/** Those that were freed last: all connections of a connector have the same. */
	private volatile Sizes sizes = new Sizes(SMALL, SMALL);

	/**
	 * Look for the buffers.
	 * @throws ReflectiveOperationException if this Tomcat has another shape
	 */
	SocketBuffers() throws ReflectiveOperationException {
		this.readBuffer = TomcatInternals.find(SocketBufferHandler.class, "readBuffer", ByteBuffer.class);
		this.writeBuffer = TomcatInternals.find(SocketBufferHandler.class, "writeBuffer", ByteBuffer.class);
	}

	/**
	 * Free the buffers of a connection, which are empty.
	 * @return what to restore before Tomcat uses them again, {@code null} if nothing is
	 */
	@Nullable Sizes release(SocketBufferHandler handler) {
		Sizes sizes = new Sizes(handler.getReadBuffer().capacity(), handler.getWriteBuffer().capacity());
		if (handler.getReadBuffer().isDirect() || Math.max(sizes.read(), sizes.write()) <= SMALL) {
			return null;
		}
		set(handler, Math.min(sizes.read(), SMALL), Math.min(sizes.write(), SMALL));
		Sizes last = this.sizes;
		if (sizes.equals(last)) {
			return last;
		}
		this.sizes = sizes;
		return sizes;
	}

	/** Give a connection buffers as it had them. */
	void restore(SocketBufferHandler handler, Sizes sizes) {
		set(handler, sizes.read(), sizes.write());
	}

	private void set(SocketBufferHandler handler, int readSize, int writeSize) {
		try {
			this.readBuffer.set(handler, ByteBuffer.allocate(readSize));
			this.writeBuffer.set(handler, ByteBuffer.allocate(writeSize));
			handler.reset();
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** How many bytes the two buffers of a connection have. */
	record Sizes(int read, int write) {
	}

}
