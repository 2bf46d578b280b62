package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to sockets, and copies one that goes to many of them only once out of the
 * heap, as every write to a socket has to. Thread-safe.
 * <p>
 * A thread finds its copy in a slot. Not in a thread local: threads of the container live
 * longer than the application. A thread whose slot is in use by another one does without.
 */
public final class SharedFrames {

	private static final int MAX_SIZE = 64 * 1024;

	private final Slot[] slots = Stream.generate(Slot::new).limit(16).toArray(Slot[]::new);

	/**
	 * Write as much of a frame as the socket takes.
	 * @return the rest, {@code null} if all of it is out
	 */
	@Nullable ByteBuffer write(Frame frame, ChannelSocket socket) throws IOException {
		Slot slot = this.slots[(int) Thread.currentThread().getId() & (this.slots.length - 1)];
		if (frame.size() > MAX_SIZE || !slot.taken.compareAndSet(false, true)) {
			return write(frame, frame.asByteBuffer(), socket);
		}
		try {
			return write(frame, slot.bytesOf(frame), socket);
		}
		finally {
			slot.taken.set(false);
		}
	}

	private static @Nullable ByteBuffer write(Frame frame, ByteBuffer bytes, ChannelSocket socket) throws IOException {
		return socket.write(bytes) ? null : frame.asByteBuffer().position(bytes.position());
	}

	/** The last frame, and its copy as soon as it comes a second time. */
	private static final class Slot {

		private final AtomicBoolean taken = new AtomicBoolean();

		private @Nullable Frame frame;

		private @Nullable ByteBuffer copy;

		private boolean copied;

		ByteBuffer bytesOf(Frame frame) {
			if (this.frame != frame) {
				this.frame = frame;
				this.copied = false;
				return frame.asByteBuffer();
			}
			ByteBuffer copy = this.copy;
			if (copy == null) {
				copy = ByteBuffer.allocateDirect(MAX_SIZE);
				this.copy = copy;
			}
			if (!this.copied) {
				copy.clear().put(frame.asByteBuffer());
				this.copied = true;
			}
			return copy.position(0).limit(frame.size());
		}

	}

}
