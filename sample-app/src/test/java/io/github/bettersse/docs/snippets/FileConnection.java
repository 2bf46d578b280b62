package io.github.bettersse.docs.snippets;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;

import io.github.bettersse.Connection;
import io.github.bettersse.Handshake;
import io.github.bettersse.ResponseHead;
import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

final class FileConnection implements Connection {

	private final Handshake handshake = Handshake.builder("GET", URI.create("/recording")).build();

	private final OutputStream file;

	FileConnection(OutputStream file) {
		this.file = file;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public void open(ResponseHead head) {
		// a file has no head
	}

	@Override
	public void start(Listener listener) {
		// a file is always writable, and ends only when it is closed
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public void write(Frame frame) throws IOException {
		frame.writeTo(this.file);
	}

	@Override
	public void flush() throws IOException {
		this.file.flush();
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void abort(@Nullable IOException failure) {
		close();
	}

}
