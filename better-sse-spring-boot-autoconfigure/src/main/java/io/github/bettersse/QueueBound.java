package io.github.bettersse;

import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.Frame;

/**
 * How much may wait for one session, and what is done about what does not fit. Overflow
 * is decided here and nowhere else.
 * <p>
 * A full queue is no overflow by itself: a burst fills those of healthy readers too. A
 * session is to be disconnected when its queue is full and its socket has taken nothing
 * for a while, or when the queue is several times over its bound, whatever the socket
 * does. Since frames are shared, what a burst piles up is held once for all sessions.
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

	/**
	 * Drop what the strategy gives up for a frame.
	 * @param ahead how many bytes wait that are not to be dropped
	 * @return how many frames were dropped
	 */
	int makeRoom(Frame frame, WaitingFrames frames, long ahead) {
		return switch (this.strategy) {
			case DISCONNECT -> 0;
			case DROP_OLDEST -> frames.dropOldest((size) -> fits(frame, ahead + size));
			case KEEP_LATEST -> frames.keepLatest(frame.getName());
		};
	}

	/** Return whether a frame is taken now that all was dropped that may be. */
	boolean admits(Frame frame, long size, WriteProgress progress) {
		return switch (this.strategy) {
			case DISCONNECT ->
				size + frame.size() <= MAX_BURST * this.maxSize && progress.stalledFor() < PATIENCE_NANOS;
			case DROP_OLDEST -> true;
			case KEEP_LATEST -> fits(frame, size);
		};
	}

}
