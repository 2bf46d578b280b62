package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.bettersse.Connection;
import io.github.bettersse.Departure;
import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A stream that has the connection of its client to itself, after a request that ends:
 * what is the same in all containers.
 *
 * <pre>
 *   HANDED OVER --open(..)--> OPEN --close(), abort(..)--> ENDED
 *     |   |                   |                            ^
 *     |   +---- abort(..) ----|----------------------------+   (open(..) comes to nothing)
 *     |                       |                            |
 *     |                       +-- end of the client, ... --+   listener.onClosed()
 *     +-- end without open(..) ----------------------------+   listener.onClosed()
 * </pre>
 *
 * Whatever comes from the container waits in {@link Connection.Listener#onClosed} until
 * no write is under way; whoever writes never waits for the container. Only the container
 * closes the connection: the session asks it to.
 */
public abstract class HandedOverStream implements StreamOutput {

	private enum State {

		HANDED_OVER, OPEN, ENDED

	}

	private static final AtomicReferenceFieldUpdater<HandedOverStream, State> STATE = AtomicReferenceFieldUpdater
		.newUpdater(HandedOverStream.class, State.class, "state");

	private final Connection.Listener listener;

	private final SharedFrames frames;

	private volatile State state = State.HANDED_OVER;

	/** Null before OPEN. */
	private volatile @Nullable ChannelSocket socket;

	/** What the socket has not taken of the last frame. For who writes. */
	private @Nullable ByteBuffer rest;

	/** How writing that rest has failed. For who writes. */
	private @Nullable IOException failure;

	/** Whether the container will say when the socket takes more. */
	private volatile boolean awaitingRoom;

	/**
	 * Begin with a connection that is the request's still.
	 * @param listener to call
	 * @param frames writes frames to all sockets
	 */
	protected HandedOverStream(Connection.Listener listener, SharedFrames frames) {
		this.listener = listener;
		this.frames = frames;
	}

	/**
	 * The request has ended, and the container lets go of the connection.
	 * @param socket what to write to
	 * @return false if the stream has ended meanwhile
	 */
	protected final boolean open(ChannelSocket socket) {
		this.socket = socket;
		boolean open = STATE.compareAndSet(this, State.HANDED_OVER, State.OPEN);
		if (open) {
			this.listener.onWritable();
		}
		return open;
	}

	/**
	 * Return whether the connection is the stream's.
	 * @return false before that, and when the stream has ended
	 */
	protected final boolean isOpen() {
		return this.state == State.OPEN;
	}

	/**
	 * Return whether the stream has ended.
	 * @return whether it has
	 */
	protected final boolean hasEnded() {
		return this.state == State.ENDED;
	}

	/**
	 * Return what is written to.
	 * @return the socket, {@code null} before the connection is the stream's
	 */
	protected final @Nullable ChannelSocket getSocket() {
		return this.socket;
	}

	/**
	 * There is something to read. A client has nothing to say on its stream, but that it
	 * goes.
	 */
	protected final void read() {
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
		ended(cause);
	}

	/**
	 * The connection has ended. Waits for a write that is under way.
	 * @param cause what broke it, {@code null} if nothing did
	 */
	protected final void ended(@Nullable Throwable cause) {
		if (STATE.getAndSet(this, State.ENDED) != State.ENDED) {
			this.listener.onClosed(cause);
		}
	}

	/**
	 * The socket takes more, or has failed: what was asked for with {@link #awaitRoom}.
	 * @param failure how writing the rest has failed, {@code null} if it has not
	 */
	protected final void roomAgain(@Nullable IOException failure) {
		if (failure != null) {
			this.failure = failure;
		}
		this.awaitingRoom = false;
		this.listener.onWritable();
	}

	/**
	 * Have the container say when the socket takes more, by {@link #roomAgain}. Must not
	 * block.
	 * @param rest what the socket has not taken yet; the container may write of it
	 */
	protected abstract void awaitRoom(ByteBuffer rest);

	/**
	 * Try to write that rest now, and call {@link #roomAgain} if all of it is out. For
	 * who writes; must not block.
	 * @param rest what the socket has not taken yet
	 * @throws IOException if the connection has ended
	 */
	protected abstract void retry(ByteBuffer rest) throws IOException;

	/**
	 * Have the container end the connection, once it is the stream's. Must not block.
	 */
	protected abstract void disconnect();

	@Override
	public final boolean seemsReady() {
		ChannelSocket socket = this.socket;
		return this.state == State.OPEN && this.rest == null && socket != null && socket.seemsConnected();
	}

	@Override
	public final boolean isReady() {
		State state = this.state;
		ByteBuffer rest = this.rest;
		if (state != State.OPEN || rest == null) {
			return state != State.HANDED_OVER;
		}
		if (this.awaitingRoom) {
			return false;
		}
		try {
			if (this.failure == null && !socket().write(rest)) {
				startToAwaitRoom(rest);
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
	public final boolean retry() {
		ByteBuffer rest = this.rest;
		if (this.state != State.OPEN || rest == null || !this.awaitingRoom) {
			return isReady();
		}
		int before = rest.remaining();
		try {
			retry(rest);
		}
		catch (IOException ex) {
			roomAgain(ex);
		}
		return rest.remaining() < before || !this.awaitingRoom;
	}

	@Override
	public final void write(Frame frame) throws IOException {
		requireOpen();
		ByteBuffer rest = this.frames.write(frame, socket());
		if (rest != null) {
			this.rest = rest;
			startToAwaitRoom(rest);
		}
	}

	private void startToAwaitRoom(ByteBuffer rest) {
		this.awaitingRoom = true;
		awaitRoom(rest);
	}

	@Override
	public final void flush() throws IOException {
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

	@Override
	public final void close() {
		if (STATE.getAndSet(this, State.ENDED) == State.OPEN) {
			disconnect();
		}
	}

	@Override
	public final void abort(@Nullable IOException failure) {
		if (failure == null && this.state == State.OPEN) {
			socket().resetAtClose();
		}
		close();
	}

	/**
	 * Write as much as the socket takes.
	 * @param bytes what to write
	 * @return whether all of it is out
	 * @throws IOException if the connection has ended
	 */
	protected final boolean writeSome(ByteBuffer bytes) throws IOException {
		return socket().write(bytes);
	}

	private ChannelSocket socket() {
		ChannelSocket socket = this.socket;
		if (socket == null) {
			throw new IllegalStateException("The connection is not open yet");
		}
		return socket;
	}

}
