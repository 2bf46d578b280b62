package io.github.bettersse.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.bettersse.Connection;
import io.github.bettersse.servlet.HandedOverStream;
import io.github.bettersse.servlet.SharedFrames;
import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * A stream that has the connection of its client to itself, on Tomcat.
 * <p>
 * Tomcat calls {@code init}, {@code upgradeDispatch} and {@code destroy} under the lock
 * of the connection, and makes the connection ready for another client after
 * {@code destroy}. So whoever writes never waits for the lock of the connection.
 * <p>
 * {@code destroy} comes without {@code init} where the request ends badly: the client has
 * reset the connection, the connector is paused, a filter has thrown.
 */
final class HandedOverSocket extends HandedOverStream implements InternalHttpUpgradeHandler {

	private final @Nullable SocketBuffers buffers;

	private @Nullable NioSocketWrapper wrapper;

	/** What buffers the connection has had, null unless they were freed. */
	private SocketBuffers.@Nullable Sizes bufferSizes;

	private @Nullable SocketBufferHandler bufferHandler;

	HandedOverSocket(Connection.Listener listener, SharedFrames frames, @Nullable SocketBuffers buffers) {
		super(listener, frames);
		this.buffers = buffers;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
		this.wrapper = (NioSocketWrapper) wrapper;
	}

	/** The request has ended: Tomcat lets go of the connection. */
	@Override
	public void init(WebConnection connection) {
		NioSocketWrapper wrapper = wrapper();
		// What is left in them is not of the stream.
		SocketBufferHandler bufferHandler = wrapper.getSocketBufferHandler();
		bufferHandler.reset();
		this.bufferHandler = bufferHandler;
		this.bufferSizes = (this.buffers != null) ? this.buffers.release(bufferHandler) : null;
		open(NioSocket.of(wrapper));
	}

	/** Tomcat calls this for the first time right after {@link #init}. */
	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		if (isOpen()) {
			switch (event) {
				case OPEN_READ -> read();
				case OPEN_WRITE -> roomAgain(null);
				default -> ended(wrapper().getError());
			}
		}
		return hasEnded() ? SocketState.CLOSED : SocketState.UPGRADED;
	}

	@Override
	public void destroy() {
		ended(null);
		if (getSocket() instanceof NioSocket socket) {
			socket.beforeClose(wrapper().getPoller().getSelector());
		}
		if (this.buffers != null && this.bufferHandler != null && this.bufferSizes != null) {
			this.buffers.restore(this.bufferHandler, this.bufferSizes);
			this.bufferSizes = null;
		}
	}

	/** The connector stops. It will close the connection and call nothing more. */
	@Override
	public void timeoutAsync(long now) {
		if (now < 0) {
			ended(null);
		}
	}

	/**
	 * When its connector stops, Tomcat handles the interest right here, under the lock of
	 * the connection, which a writer must not wait for.
	 */
	@Override
	protected void awaitRoom(ByteBuffer rest) {
		NioSocketWrapper wrapper = wrapper();
		ReentrantLock lock = wrapper.getLock();
		if (lock.tryLock()) {
			try {
				wrapper.registerWriteInterest();
			}
			finally {
				lock.unlock();
			}
			return;
		}
		try {
			wrapper.execute(wrapper::registerWriteInterest);
		}
		catch (RejectedExecutionException ex) {
			// The connector stops, or has no thread to spare: the write time-out decides.
		}
	}

	/** Tomcat only tells of room: to write what is left is up to the stream. */
	@Override
	protected void retry(ByteBuffer rest) throws IOException {
		if (writeSome(rest)) {
			roomAgain(null);
		}
	}

	@Override
	protected void disconnect() {
		wrapper().processSocket(SocketEvent.DISCONNECT, true);
	}

	private NioSocketWrapper wrapper() {
		NioSocketWrapper wrapper = this.wrapper;
		if (wrapper == null) {
			throw new IllegalStateException("The connection is not open yet");
		}
		return wrapper;
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
		// The stream does not ask about TLS.
	}

	@Override
	public void pause() {
		// A stream takes no new requests anyway.
	}

}
