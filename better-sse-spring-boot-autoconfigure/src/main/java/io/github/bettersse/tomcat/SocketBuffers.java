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
	@Nullable Released release(SocketBufferHandler handler) {
		int readSize = handler.getReadBuffer().capacity();
		int writeSize = handler.getWriteBuffer().capacity();
		if (handler.getReadBuffer().isDirect() || Math.max(readSize, writeSize) <= SMALL) {
			return null;
		}
		set(handler, Math.min(readSize, SMALL), Math.min(writeSize, SMALL));
		return new Released(handler, readSize, writeSize);
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

	/** The buffers of one connection as they were. */
	final class Released {

		private final SocketBufferHandler handler;

		private final int readSize;

		private final int writeSize;

		private Released(SocketBufferHandler handler, int readSize, int writeSize) {
			this.handler = handler;
			this.readSize = readSize;
			this.writeSize = writeSize;
		}

		void restore() {
			set(this.handler, this.readSize, this.writeSize);
		}

	}

}
