package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

import io.github.bettersse.event.EventId;
import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Frames in a row and their size. Under the monitor of their queue.
 */
final class WaitingFrames {

	/**
	 * A frame, how many of those offered come before it, and whether it is an event of
	 * the log.
	 */
	private record Waiting(Frame frame, long before, boolean broadcast) {
	}

	private ArrayDeque<Waiting> frames = new ArrayDeque<>(2);

	private long size;

	void add(Frame frame, long before, boolean broadcast) {
		add(new Waiting(frame, before, broadcast));
	}

	private void add(Waiting waiting) {
		this.frames.add(waiting);
		this.size += waiting.frame().size();
	}

	/** Move all that wait in others behind these. */
	void addAll(WaitingFrames others) {
		others.frames.forEach(this::add);
		others.frames.clear();
		others.size = 0;
	}

	/** Take the first frames, as many as fit into so many bytes but at least one. */
	Frame poll(int maxBytes) {
		List<Frame> joined = new ArrayList<>(1);
		long bytes = 0;
		do {
			Frame frame = this.frames.remove().frame();
			joined.add(frame);
			bytes += frame.size();
		}
		while (!this.frames.isEmpty() && bytes + this.frames.element().frame().size() <= maxBytes);
		this.size -= bytes;
		return Frame.join(joined);
	}

	/**
	 * Drop the oldest frames.
	 * @param enough whether a size is small enough
	 * @return how many were dropped
	 */
	int dropOldest(LongPredicate enough) {
		int dropped = 0;
		Iterator<Waiting> oldestFirst = this.frames.iterator();
		while (!enough.test(this.size) && oldestFirst.hasNext()) {
			Frame oldest = oldestFirst.next().frame();
			if (!oldest.isControl()) {
				drop(oldestFirst, oldest);
				dropped++;
			}
		}
		return dropped;
	}

	/**
	 * Drop all but the latest event of each name.
	 * @param latestName the name of an event that comes after all others
	 * @return how many were dropped
	 */
	int keepLatest(@Nullable String latestName) {
		int dropped = 0;
		Set<String> names = new HashSet<>();
		if (latestName != null) {
			names.add(latestName);
		}
		Iterator<Waiting> newestFirst = this.frames.descendingIterator();
		while (newestFirst.hasNext()) {
			Frame newest = newestFirst.next().frame();
			if (!newest.isControl() && newest.getName() != null && !names.add(newest.getName())) {
				drop(newestFirst, newest);
				dropped++;
			}
		}
		return dropped;
	}

	private void drop(Iterator<Waiting> iterator, Frame frame) {
		iterator.remove();
		this.size -= frame.size();
	}

	/** Take the ids from all events of the log, and those that were generated. */
	void stripIds() {
		ArrayDeque<Waiting> before = this.frames;
		this.frames = new ArrayDeque<>(before.size() + 2);
		this.size = 0;
		for (Waiting waiting : before) {
			Frame frame = hasUselessId(waiting) ? waiting.frame().withoutId() : waiting.frame();
			add(frame, waiting.before(), waiting.broadcast());
		}
	}

	private static boolean hasUselessId(Waiting waiting) {
		String id = waiting.frame().getLastId();
		return waiting.broadcast() || (id != null && EventId.isRandom(id));
	}

	void forEach(Consumer<Frame> action) {
		this.frames.forEach((waiting) -> action.accept(waiting.frame()));
	}

	boolean isEmpty() {
		return this.frames.isEmpty();
	}

	/** Return how many there are. */
	static int count(@Nullable WaitingFrames frames) {
		return (frames != null) ? frames.frames.size() : 0;
	}

	/** Return how many bytes wait. */
	static long size(@Nullable WaitingFrames frames) {
		return (frames != null) ? frames.size : 0;
	}

	/** Return how many bytes wait. */
	long size() {
		return this.size;
	}

	/** Return how many of those offered come before the first of these, which exists. */
	long before() {
		return this.frames.element().before();
	}

}
