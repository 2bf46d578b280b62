package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one session: frames, in order, bounded in bytes. Overflow
 * is decided here and nowhere else. Thread-safe; holds its monitor for moments only.
 * <p>
 * A full queue is no overflow by itself: a burst fills those of healthy readers too. A
 * session is to be disconnected when its queue is full and its socket has taken nothing
 * for a while, or when the queue is several times over its bound, whatever the socket
 * does. Since frames are shared, what a burst piles up is held once for all sessions.
 */
final class SendQueue {

	/** How long a full queue may stand still. */
	static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** How many times over its bound a queue may be that still moves. */
	private static final int MAX_BURST = 16;

	private final long maxSize;

	private final OverflowStrategy overflow;

	private final WriteProgress progress;

	/** A frame and how many were added up to it. */
	private record Waiting(Frame frame, long number) {
	}

	/** Null while nothing ever waited, so that an idle session pays for no queue. */
	private @Nullable ArrayDeque<Waiting> frames;

	private long size;

	private long offered;

	private long dropped;

	private volatile String lastId;

	/**
	 * Create an empty queue.
	 * @param maxSize its bound in bytes
	 * @param overflow what happens beyond it
	 * @param progress of the socket that it is written to
	 * @param lastId the last id of the client, as long as no frame has another one
	 */
	SendQueue(long maxSize, OverflowStrategy overflow, WriteProgress progress, String lastId) {
		this.maxSize = maxSize;
		this.overflow = overflow;
		this.progress = progress;
		this.lastId = lastId;
	}

	/**
	 * Add a frame, making room for it as the strategy says. Into an empty queue fits one
	 * of any size.
	 * @return false if there is no room for it
	 */
	synchronized boolean offer(Frame frame) {
		if (this.frames == null) {
			this.frames = new ArrayDeque<>(2);
		}
		if (!fits(frame) && !frame.isControl() && !makeRoom(this.frames, frame)) {
			return false;
		}
		this.frames.add(new Waiting(frame, ++this.offered));
		this.size += frame.size();
		String id = frame.getLastId();
		if (id != null) {
			this.lastId = id;
		}
		return true;
	}

	/** Return whether a frame fits without making room for it. */
	synchronized boolean hasRoom(Frame frame) {
		return fits(frame);
	}

	private boolean fits(Frame frame) {
		return this.size == 0 || this.size + frame.size() <= this.maxSize;
	}

	private boolean makeRoom(ArrayDeque<Waiting> frames, Frame frame) {
		return switch (this.overflow) {
			case DISCONNECT ->
				this.size + frame.size() <= MAX_BURST * this.maxSize && this.progress.stalledFor() < PATIENCE_NANOS;
			case DROP_OLDEST -> dropOldest(frames, frame);
			case KEEP_LATEST -> keepLatest(frames, frame);
		};
	}

	private boolean dropOldest(ArrayDeque<Waiting> frames, Frame frame) {
		Iterator<Waiting> oldestFirst = frames.iterator();
		while (!fits(frame) && oldestFirst.hasNext()) {
			Frame oldest = oldestFirst.next().frame();
			if (!oldest.isControl()) {
				drop(oldestFirst, oldest);
			}
		}
		return true;
	}

	private boolean keepLatest(ArrayDeque<Waiting> frames, Frame frame) {
		Set<String> names = new HashSet<>();
		if (frame.getName() != null) {
			names.add(frame.getName());
		}
		Iterator<Waiting> newestFirst = frames.descendingIterator();
		while (newestFirst.hasNext()) {
			Frame newest = newestFirst.next().frame();
			if (!newest.isControl() && newest.getName() != null && !names.add(newest.getName())) {
				drop(newestFirst, newest);
			}
		}
		return fits(frame);
	}

	private void drop(Iterator<Waiting> iterator, Frame frame) {
		iterator.remove();
		this.size -= frame.size();
		this.dropped++;
	}

	/**
	 * Take the frames at the head, joined into one.
	 * @param maxBytes how much to join; a single frame may be larger
	 * @return the frame to write, {@code null} if there is none
	 */
	synchronized @Nullable Frame poll(int maxBytes) {
		ArrayDeque<Waiting> frames = this.frames;
		if (frames == null || frames.isEmpty()) {
			return null;
		}
		List<Frame> joined = new ArrayList<>(1);
		long bytes = 0;
		do {
			Frame frame = frames.remove().frame();
			joined.add(frame);
			bytes += frame.size();
		}
		while (!frames.isEmpty() && bytes + frames.element().frame().size() <= maxBytes);
		this.size -= bytes;
		return Frame.join(joined);
	}

	/** Return whether more waits than the bound allows. */
	synchronized boolean isOverfull() {
		return this.size > this.maxSize && this.frames != null && this.frames.size() > 1;
	}

	synchronized boolean isEmpty() {
		return this.frames == null || this.frames.isEmpty();
	}

	/** Drop all, uncounted: there is nobody to send it to. */
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

	/**
	 * Return how many frames were added before the one at the head: those are gone, taken
	 * or dropped.
	 */
	synchronized long gone() {
		Waiting head = (this.frames != null) ? this.frames.peek() : null;
		return (head != null) ? head.number() - 1 : this.offered;
	}

	/** Return how many frames were dropped to make room. */
	synchronized long dropped() {
		return this.dropped;
	}

}
