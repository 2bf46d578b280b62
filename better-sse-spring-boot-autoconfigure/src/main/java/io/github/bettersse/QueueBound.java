package io.github.bettersse;

import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * How much may wait for one session, and what is done about what does not fit. Overflow
 * is decided here and nowhere else.
 * <p>
 * A full queue is no overflow by itself: a burst fills those of healthy readers too. A
 * queue overflows when it is full and its socket has taken nothing for a while, or when
 * it is several times over its bound, whatever the socket does. Since frames are shared,
 * what a burst piles up is held once for all sessions.
 *
 * @param maxSize in bytes
 * @param strategy what happens beyond it
 */
record QueueBound(long maxSize, OverflowStrategy strategy) {

	/** How long a full queue may stand still. */
	static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** How many times over its bound a queue may be that still moves. */
	private static final int MAX_BURST = 16;

	/** Return whether a frame fits behind so many bytes; behind none fits any. */
	boolean fits(Frame frame, long size) {
		return size == 0 || size + frame.size() <= this.maxSize;
	}

	/** Return whether so many bytes are more than should wait. */
	boolean isExceededBy(long size) {
		return size > this.maxSize;
	}

	/** Return whether so many bytes may wait although they are more than should. */
	boolean passesAsPeak(long size, WriteProgress progress) {
		return size <= MAX_BURST * this.maxSize && progress.stalledFor() < PATIENCE_NANOS;
	}

	/**
	 * Drop what the strategy gives up.
	 * @param name the name of an event that comes behind all that waits
	 * @param enough whether a number of bytes of these frames is small enough
	 * @return how many frames were dropped
	 */
	int drop(WaitingFrames frames, @Nullable String name, LongPredicate enough) {
		return switch (this.strategy) {
			case DISCONNECT -> 0;
			case DROP_OLDEST -> frames.dropOldest(enough);
			case KEEP_LATEST -> frames.keepLatest(name);
		};
	}

	/** Return whether the strategy takes every event, whatever it had to drop for it. */
	boolean takesAll() {
		return this.strategy == OverflowStrategy.DROP_OLDEST;
	}

}
