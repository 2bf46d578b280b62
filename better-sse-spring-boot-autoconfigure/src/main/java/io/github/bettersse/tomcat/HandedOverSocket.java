package io.github.bettersse.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

import io.github.bettersse.Connection;
import io.github.bettersse.Departure;
import io.github.bettersse.event.Frame;
import io.github.bettersse.servlet.StreamOutput;
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
 * A stream that has the connection of its client to itself, after a request that ends.
 *
 * <pre>
 *   HANDED OVER --init()--> OPEN --close(), abort(..)--> ENDED --destroy()
 *     |   |                   |                            ^
 *     |   +---- abort(..) ----|----------------------------+   (init() comes to nothing)
 *     |                       |                            |
 *     |                       +-- end of the client, ... --+   listener.onClosed()
 *     +-- destroy() without init() ------------------------+   listener.onClosed()
 * </pre>
 *
 * Tomcat calls {@code init}, {@code upgradeDispatch} and {@code destroy} under the lock
 * of the connection, and makes the connection ready for another client after
 * {@code destroy}. So whatever comes from Tomcat waits in
 * {@link Connection.Listener#onClosed} until no write is under way; whoever writes never
 * waits for the lock of the connection. Only Tomcat closes the connection: the session
 * asks it to.
 * <p>
 * {@code destroy} comes without {@code init} where the request ends badly: the client has
 * reset the connection, the connector is paused, a filter has thrown.
 */
final class HandedOverSocket implements StreamOutput, InternalHttpUpgradeHandler {

	private enum State {

		HANDED_OVER, OPEN, ENDED

	}

	private static final AtomicReferenceFieldUpdater<HandedOverSocket, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(HandedOverSocket.class, State.class, "state");

	private final Connection.Listener listener;

	private final SharedFrames frames;

	private final @Nullable SocketBuffers buffers;

	private volatile State state = State.HANDED_OVER;

	private @Nullable NioSocketWrapper wrapper;

	/** Null before OPEN. */
	private volatile @Nullable NioSocket socket;

	/** What buffers the connection has had, null unless they were freed. */
	private SocketBuffers.@Nullable Sizes bufferSizes;

	private @Nullable SocketBufferHandler bufferHandler;

	/** What the socket has not taken of the last frame. For who writes. */
	private @Nullable ByteBuffer rest;

	/** How writing that rest has failed. For who writes. */
	private @Nullable IOException failure;

	/** Whether Tomcat will say when the socket takes more. */
	private volatile boolean awaitingRoom;

	private volatile boolean resetAtClose;

	HandedOverSocket(Connection.Listener listener, SharedFrames frames, @Nullable SocketBuffers buffers) {
		this.listener = listener;
		this.frames = frames;
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
		this.socket = NioSocket.of(wrapper);
		// What is left in them is not of the stream.
		SocketBufferHandler bufferHandler = wrapper.getSocketBufferHandler();
		bufferHandler.reset();
		this.bufferHandler = bufferHandler;
		this.bufferSizes = (this.buffers != null) ? this.buffers.release(bufferHandler) : null;
		if (STATE.compareAndSet(this, State.HANDED_OVER, State.OPEN)) {
			this.listener.onWritable();
		}
	}

	/** Tomcat calls this for the first time right after {@link #init}. */
	@Override
	public SocketState upgradeDispatch(SocketEvent event) {
		if (this.state == State.OPEN) {
			switch (event) {
				case OPEN_READ -> read();
				case OPEN_WRITE -> {
					this.awaitingRoom = false;
					this.listener.onWritable();
				}
				default -> closed(wrapper().getError());
			}
		}
		return (this.state == State.ENDED) ? SocketState.CLOSED : SocketState.UPGRADED;
	}

	/** A client has nothing to say on its stream, but that it goes. */
	private void read() {
		try {
			if (!socket().skipInput()) {
				gone(Departure.LEFT, null);
			}
		}
		catch (IOException ex) {
			gone(Departure.LOST, ex);
		}
	}

	private void gone(Departure departure, @Nullable IOException cause) {
		this.listener.onDeparture(departure);
		closed(cause);
	}

	@Override
	public void destroy() {
		closed(null);
		NioSocket socket = this.socket;
		if (socket != null && this.resetAtClose) {
			socket.reset(wrapper().getPoller().getSelector());
		}
		if (this.bufferSizes != null) {
			present(this.buffers).restore(present(this.bufferHandler), this.bufferSizes);
			this.bufferSizes = null;
		}
	}

	/** The connector stops. It will close the connection and call nothing more. */
	@Override
	public void timeoutAsync(long now) {
		if (now < 0) {
			closed(null);
		}
	}

	private void closed(@Nullable IOException cause) {
		if (STATE.getAndSet(this, State.ENDED) != State.ENDED) {
			this.listener.onClosed(cause);
		}
	}

	@Override
	public boolean seemsReady() {
		NioSocket socket = this.socket;
		return this.state == State.OPEN && this.rest == null && socket != null && socket.seemsConnected();
	}

	@Override
	public boolean isReady() {
		State state = this.state;
		ByteBuffer rest = this.rest;
		if (state != State.OPEN || rest == null) {
			return state != State.HANDED_OVER;
		}
		if (this.awaitingRoom) {
			return false;
		}
		try {
			if (!socket().write(rest)) {
				awaitRoom();
				return false;
			}
		}
		catch (IOException ex) {
			this.failure = ex;
		}
		this.rest = null;
		return true;
	}

	@Override
	public void write(Frame frame) throws IOException {
		requireOpen();
		this.rest = this.frames.write(frame, socket());
		if (this.rest != null) {
			awaitRoom();
		}
	}

	@Override
	public void flush() throws IOException {
		requireOpen();
	}

	private void requireOpen() throws IOException {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.state != State.OPEN) {
			throw new IOException("The connection has ended");
		}
	}

	/**
	 * Have Tomcat say when the socket takes more. When its connector stops, it handles
	 * that right here, under the lock of the connection, which a writer must not wait
	 * for.
	 */
	private void awaitRoom() {
		this.awaitingRoom = true;
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

	@Override
	public void close() {
		if (STATE.getAndSet(this, State.ENDED) == State.OPEN) {
			wrapper().processSocket(SocketEvent.DISCONNECT, true);
		}
	}

	@Override
	public void abort(@Nullable IOException failure) {
		if (failure == null && this.state == State.OPEN) {
			this.resetAtClose = socket().resetAtClose();
		}
		close();
	}

	private NioSocketWrapper wrapper() {
		return present(this.wrapper);
	}

	private NioSocket socket() {
		return present(this.socket);
	}

	private static <T> T present(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("The connection is not open yet");
		}
		return part;
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
