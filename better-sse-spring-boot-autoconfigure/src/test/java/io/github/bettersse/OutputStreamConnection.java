package io.github.bettersse;

import java.io.IOException;
import java.io.OutputStream;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an application's own: writes the events of a session to an output
 * stream, such as that of a file. It is always ready, so it never calls its listener; a
 * write may make a delivery thread wait, as the port allows where nothing else is
 * possible.
 */
final class OutputStreamConnection implements Connection {

	private final Handshake handshake;

	private final OutputStream out;

	OutputStreamConnection(Handshake handshake, OutputStream out) {
		this.handshake = handshake;
		this.out = out;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public void open(ResponseHead head) {
		// A file has no status and no headers.
	}

	@Override
	public void start(Listener listener) {
		// Nobody has to be told that the file can be written to, or has gone.
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public void write(Frame frame) throws IOException {
		frame.writeTo(this.out);
	}

	@Override
	public void flush() throws IOException {
		this.out.flush();
	}

	@Override
	public void close() {
		try {
			this.out.close();
		}
		catch (IOException ex) {
			// All was written and flushed before.
		}
	}

	@Override
	public void abort(@Nullable IOException failure) {
		close();
	}

}
