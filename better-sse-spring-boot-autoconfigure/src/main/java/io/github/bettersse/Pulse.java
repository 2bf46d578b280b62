package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * What time does to one open session: a keep-alive comment when nothing was written for
 * the interval, and the end when nothing could be written for the write time-out. At most
 * one task is scheduled at a time. Thread-safe.
 */
final class Pulse implements Runnable {

	private static final long NEVER = Long.MAX_VALUE;

	private final DefaultSession<?> session;

	private final WriteProgress progress;

	private final Timer timer;

	private final long keepAlive;

	private final long writeTimeout;

	private @Nullable Runnable cancel;

	private long dueAt;

	private boolean stopped;

	Pulse(DefaultSession<?> session, WriteProgress progress, Timer timer, SessionSettings settings) {
		this.session = session;
		this.progress = progress;
		this.timer = timer;
		this.keepAlive = settings.keepAliveNanos();
		this.writeTimeout = settings.writeTimeoutNanos();
	}

	/** The session is open: begin to look after it. */
	void start() {
		if (this.keepAlive > 0) {
			lookIn(this.keepAlive);
		}
	}

	/** The socket is full: make sure that the write time-out is noticed. */
	void stalled() {
		if (this.writeTimeout > 0) {
			lookIn(this.writeTimeout);
		}
	}

	synchronized void stop() {
		this.stopped = true;
		if (this.cancel != null) {
			this.cancel.run();
			this.cancel = null;
		}
	}

	private synchronized void lookIn(long delay) {
		long at = this.timer.nanoTime() + delay;
		if (this.stopped || (this.cancel != null && this.dueAt - at <= 0)) {
			return;
		}
		if (this.cancel != null) {
			this.cancel.run();
		}
		this.dueAt = at;
		this.cancel = this.timer.schedule(this, delay);
	}

	@Override
	public void run() {
		synchronized (this) {
			if (this.stopped) {
				return;
			}
			this.cancel = null;
		}
		long left = look(this.timer.nanoTime(), this.session.writer());
		if (left != NEVER) {
			lookIn(left);
		}
	}

	/**
	 * Do what is due.
	 * @return after how long to look again
	 */
	private long look(long now, SessionWriter writer) {
		long stalledSince = this.progress.stalledSince();
		if (stalledSince != 0) {
			long left = (this.writeTimeout > 0) ? stalledSince + this.writeTimeout - now : NEVER;
			if (left <= 0) {
				this.session.abort(DisconnectReason.WRITE_TIMEOUT);
				return NEVER;
			}
			// The stall may end any time, and a keep-alive be due an interval later.
			return (this.keepAlive > 0) ? Math.min(left, this.keepAlive) : left;
		}
		if (this.keepAlive == 0) {
			return NEVER;
		}
		long left = this.progress.lastWrite() + this.keepAlive - now;
		if (left > 0) {
			return left;
		}
		writer.keepAlive();
		return this.keepAlive;
	}

}
