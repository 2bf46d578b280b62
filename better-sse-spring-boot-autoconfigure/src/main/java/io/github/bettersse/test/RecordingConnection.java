package io.github.bettersse.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

import io.github.bettersse.Connection;
import io.github.bettersse.Handshake;
import io.github.bettersse.ResponseHead;
import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A connection to no client, which records what is written to it. Thread-safe.
 */
public final class RecordingConnection implements Connection {

	private final Handshake handshake;

	private final EventRecorder recorder = new EventRecorder();

	private volatile boolean ready = true;

	private volatile @Nullable ResponseHead head;

	private volatile @Nullable Listener listener;

	/**
	 * Create a connection.
	 * @param handshake the request of the client
	 */
	public RecordingConnection(Handshake handshake) {
		this.handshake = handshake;
	}

	/** Take nothing more, as the socket of a client that does not read. */
	public void stall() {
		this.ready = false;
	}

	/** Take all again. */
	public void resume() {
		this.ready = true;
		Listener listener = this.listener;
		if (listener != null) {
			listener.onWritable();
		}
	}

	/**
	 * Lose the client.
	 * @throws IllegalStateException if the session is not open yet
	 */
	public void vanish() {
		Listener listener = this.listener;
		if (listener == null) {
			throw new IllegalStateException("The session is not open yet");
		}
		listener.onClosed(new IOException("The client has gone"));
		this.recorder.end(null);
	}

	/**
	 * Return the head of the response.
	 * @return the head
	 * @throws NullPointerException if it was not sent yet
	 */
	public ResponseHead getHead() {
		return Objects.requireNonNull(this.head, "The head was not sent yet");
	}

	EventRecorder recorder() {
		return this.recorder;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public void open(ResponseHead head) {
		this.head = head;
	}

	@Override
	public void start(Listener listener) {
		this.listener = listener;
	}

	@Override
	public boolean isReady() {
		return this.ready || this.listener == null;
	}

	@Override
	public void write(Frame frame) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		frame.writeTo(bytes);
		this.recorder.feed(bytes.toByteArray(), bytes.size());
	}

	@Override
	public void flush() {
		// Nothing is buffered.
	}

	@Override
	public void close() {
		this.recorder.end(null);
	}

	@Override
	public void abort(@Nullable IOException failure) {
		this.recorder.end(failure);
	}

}
