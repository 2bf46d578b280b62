package io.github.bettersse;

import java.time.Duration;

import io.github.bettersse.event.Frame;

/**
 * What one session has written and when, and whether its socket takes anything now. By
 * the clock of {@link Timer}. Written under the drain's guard, read by any thread.
 */
final class WriteProgress {

	private static final long NOT_YET_TRIED = Long.MIN_VALUE;

	private final Timer timer;

	private final EngineRecorder recorder;

	private final long createdAt;

	/** Written before {@link #lastWrite} and read after it. */
	private long sentEvents;

	private volatile long lastWrite;

	/** 0 while the socket takes what there is. */
	private volatile long stalledSince = NOT_YET_TRIED;

	/** Whether the socket has ever taken nothing. For who has the guard. */
	private boolean hasStalled;

	WriteProgress(Timer timer, EngineRecorder recorder) {
		this.timer = timer;
		this.recorder = recorder;
		this.createdAt = timer.nanoTime();
		this.lastWrite = this.createdAt;
	}

	/** The head is out. */
	void wrote() {
		this.lastWrite = this.timer.nanoTime();
	}

	/** The socket has taken a frame. */
	void wrote(Frame frame) {
		long now = this.timer.nanoTime();
		this.sentEvents += frame.getEventCount();
		this.lastWrite = now;
		this.recorder.written(frame.getEventCount(), frame.size(),
				(frame.getTime() != 0) ? Math.max(0, now - frame.getTime()) : -1);
	}

	/**
	 * The handler has returned, so that the socket is about to be tried: it is as if it
	 * took nothing for a moment.
	 */
	void opens() {
		if (this.stalledSince == NOT_YET_TRIED) {
			standStill();
		}
	}

	/** Note that the socket takes something. */
	void flows() {
		if (!isFlowing()) {
			this.stalledSince = 0;
		}
	}

	/** Return whether the socket has taken something when it was last tried. */
	boolean isFlowing() {
		return this.stalledSince == 0;
	}

	/**
	 * Note that the socket takes nothing.
	 * @return whether that is new
	 */
	boolean stalls() {
		if (this.hasStalled && !isFlowing()) {
			return false;
		}
		this.hasStalled = true;
		standStill();
		return true;
	}

	private void standStill() {
		long now = this.timer.nanoTime();
		this.stalledSince = (now != 0) ? now : 1;
	}

	/** Note that a socket that has said nothing takes something all the same. */
	void moves() {
		if (!isFlowing()) {
			this.stalledSince = this.timer.nanoTime() | 1;
		}
	}

	long lastWrite() {
		return this.lastWrite;
	}

	/** Return for how many nanoseconds there is the session. */
	long age() {
		return this.timer.nanoTime() - this.createdAt;
	}

	/** Return what counts and times. */
	EngineRecorder recorder() {
		return this.recorder;
	}

	SessionStatistics statistics(SendQueue queue) {
		long idle = this.timer.nanoTime() - this.lastWrite;
		return new SessionStatistics(Duration.ofNanos(age()), Duration.ofNanos(Math.max(0, idle)), queue.size(),
				this.sentEvents, queue.dropped());
	}

	/**
	 * Return for how many nanoseconds the socket takes nothing, 0 if it takes something.
	 * While the handler runs that is for ever.
	 */
	long stalledFor() {
		return stalledFor(this.timer.nanoTime());
	}

	/** Return the same for a moment that is not over for long. */
	long stalledFor(long now) {
		long since = this.stalledSince;
		if (since == 0) {
			return 0;
		}
		return (since != NOT_YET_TRIED) ? Math.max(1, now - since) : Long.MAX_VALUE;
	}

}
