package io.github.bettersse;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A socket that keeps nothing of what it takes but its size and checksum, and takes no
 * more than it was told to. Thread-safe as the contract of {@link Connection} asks for.
 */
final class MeteredConnection implements Connection {

	private final Handshake handshake;

	private final CRC32 checksum = new CRC32();

	private final AtomicLong room = new AtomicLong();

	private final AtomicLong taken = new AtomicLong();

	private volatile @Nullable Listener listener;

	MeteredConnection(Handshake handshake) {
		this.handshake = handshake;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public void open(ResponseHead head) {
	}

	@Override
	public void start(Listener listener) {
		this.listener = listener;
	}

	@Override
	public boolean isReady() {
		return this.listener == null || this.room.get() > 0;
	}

	@Override
	public void write(Frame frame) {
		this.checksum.update(frame.asByteBuffer());
		this.room.addAndGet(-frame.size());
		this.taken.addAndGet(frame.size());
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

	@Override
	public void abort(@Nullable IOException failure) {
	}

	/** Let the client read so many bytes more. */
	void read(long bytes) {
		this.room.addAndGet(bytes);
		this.listener.onWritable();
	}

	long taken() {
		return this.taken.get();
	}

	/** Return the checksum of what was taken, when nothing is written any more. */
	long checksum() {
		return this.checksum.getValue();
	}

}
