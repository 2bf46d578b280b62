package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one session: frames, in order, bounded in bytes. Overflow
 * is decided here and nowhere else. Thread-safe; holds its monitor for moments only.
 */
final class SendQueue {

	private final long maxSize;

	private final OverflowStrategy overflow;

	/** Null while nothing ever waited, so that an idle session pays for no queue. */
	private @Nullable ArrayDeque<Frame> frames;

	private long size;

	private long offered;

	private long gone;

	private long dropped;

	SendQueue(long maxSize, OverflowStrategy overflow) {
		this.maxSize = maxSize;
		this.overflow = overflow;
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
		this.frames.add(frame);
		this.size += frame.size();
		this.offered++;
		return true;
	}

	private boolean fits(Frame frame) {
		return this.size == 0 || this.size + frame.size() <= this.maxSize;
	}

	private boolean makeRoom(ArrayDeque<Frame> frames, Frame frame) {
		return switch (this.overflow) {
			case DISCONNECT -> false;
			case DROP_OLDEST -> dropOldest(frames, frame);
			case KEEP_LATEST -> keepLatest(frames, frame);
		};
	}

	private boolean dropOldest(ArrayDeque<Frame> frames, Frame frame) {
		Iterator<Frame> oldestFirst = frames.iterator();
		while (!fits(frame) && oldestFirst.hasNext()) {
			Frame oldest = oldestFirst.next();
			if (!oldest.isControl()) {
				drop(oldestFirst, oldest);
			}
		}
		return true;
	}

	private boolean keepLatest(ArrayDeque<Frame> frames, Frame frame) {
		Set<String> names = new HashSet<>();
		if (frame.getName() != null) {
			names.add(frame.getName());
		}
		Iterator<Frame> newestFirst = frames.descendingIterator();
		while (newestFirst.hasNext()) {
			Frame newest = newestFirst.next();
			if (!newest.isControl() && newest.getName() != null && !names.add(newest.getName())) {
				drop(newestFirst, newest);
			}
		}
		return fits(frame);
	}

	private void drop(Iterator<Frame> iterator, Frame frame) {
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
		ArrayDeque<Frame> frames = this.frames;
		if (frames == null || frames.isEmpty()) {
			this.gone = this.offered;
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
		return Frame.join(joined);
	}

	synchronized boolean isEmpty() {
		return this.frames == null || this.frames.isEmpty();
	}

	/** Drop all, uncounted: there is nobody to send it to. */
	synchronized void clear() {
		this.frames = null;
		this.size = 0;
	}

	/** Return how many frames were ever added. */
	synchronized long offered() {
		return this.offered;
	}

	/** Return how many frames had been added when the queue was last found empty. */
	synchronized long gone() {
		return this.gone;
	}

	/** Return how many frames were dropped to make room. */
	synchronized long dropped() {
		return this.dropped;
	}

}
