package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one session: frames, in order, bounded in bytes. Overflow
 * is decided here and nowhere else. Thread-safe; holds its monitor for moments only.
 */
final class SendQueue {

	private final long maxSize;

	/** Null while nothing ever waited, so that an idle session pays for no queue. */
	private @Nullable ArrayDeque<Frame> frames;

	private long size;

	private long offered;

	private long taken;

	private volatile String lastId;

	/**
	 * Create an empty queue.
	 * @param maxSize its bound in bytes
	 * @param lastId the last id of the client, as long as no frame has another one
	 */
	SendQueue(long maxSize, String lastId) {
		this.maxSize = maxSize;
		this.lastId = lastId;
	}

	/**
	 * Add a frame if there is room. Into an empty queue fits one of any size.
	 * @return whether it was added
	 */
	synchronized boolean offer(Frame frame) {
		if (this.size > 0 && this.size + frame.size() > this.maxSize) {
			return false;
		}
		add(frame);
		return true;
	}

	/** Add a frame that must not be lost, such as the one that tells a client to go. */
	synchronized void add(Frame frame) {
		if (this.frames == null) {
			this.frames = new ArrayDeque<>(2);
		}
		this.frames.add(frame);
		this.size += frame.size();
		this.offered++;
		String id = frame.getLastId();
		if (id != null) {
			this.lastId = id;
		}
	}

	/**
	 * Take the frames at the head, joined into one.
	 * @param maxBytes how much to join; a single frame may be larger
	 * @return the frame to write, {@code null} if there is none
	 */
	synchronized @Nullable Frame poll(int maxBytes) {
		ArrayDeque<Frame> frames = this.frames;
		if (frames == null || frames.isEmpty()) {
			return null;
		}
		List<Frame> joined = new ArrayList<>(1);
		long bytes = 0;
		do {
			Frame frame = frames.remove();
			joined.add(frame);
			bytes += frame.size();
		}
		while (!frames.isEmpty() && bytes + frames.element().size() <= maxBytes);
		this.size -= bytes;
		this.taken += joined.size();
		return Frame.join(joined);
	}

	synchronized boolean isEmpty() {
		return this.frames == null || this.frames.isEmpty();
	}

	/** Drop all. */
	synchronized void clear() {
		this.frames = null;
		this.size = 0;
	}

	/** Return the id that the client has after it has read all that was added. */
	String lastId() {
		return this.lastId;
	}

	/** Return how many frames were ever added. */
	synchronized long offered() {
		return this.offered;
	}

	/** Return how many frames were ever taken. */
	synchronized long taken() {
		return this.taken;
	}

}
