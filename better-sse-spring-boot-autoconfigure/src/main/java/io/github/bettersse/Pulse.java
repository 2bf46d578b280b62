package io.github.bettersse;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * What time does to one open session: a keep-alive comment when nothing was written for
 * the interval, the end when nothing could be written for the write time-out or a full
 * queue does not move, and the end of a long life. Thread-safe.
 */
final class Pulse implements Runnable {

	private static final long NEVER = Long.MAX_VALUE;

	private final SessionOutlet outlet;

	private final SendQueue queue;

	private final WriteProgress progress;

	private final Timer timer;

	private final SessionSettings settings;

	private @Nullable Runnable cancel;

	private @Nullable Runnable cancelLifetime;

	private long dueAt;

	private boolean stopped;

	Pulse(SessionOutlet outlet, SendQueue queue, WriteProgress progress, Timer timer, SessionSettings settings) {
		this.outlet = outlet;
		this.queue = queue;
		this.progress = progress;
		this.timer = timer;
		this.settings = settings;
	}

	/** The session is open: begin to look after it. */
	void start() {
		if (this.settings.keepAliveNanos() > 0) {
			lookIn(this.settings.keepAliveNanos());
		}
		if (this.settings.maxLifetimeNanos() > 0) {
			limitLife();
		}
	}

	/** Up to a fifth shorter, so that clients that came together do not go together. */
	private synchronized void limitLife() {
		if (!this.stopped) {
			long lifetime = this.settings.maxLifetimeNanos();
			long shortened = lifetime - ThreadLocalRandom.current().nextLong(lifetime / 5 + 1);
			this.cancelLifetime = this.timer.schedule(() -> this.outlet.end(DisconnectReason.LIFETIME, null),
					shortened);
		}
	}

	/** The socket is full: make sure that the write time-out is noticed. */
	void stalled() {
		if (this.settings.writeTimeoutNanos() > 0) {
			lookIn(this.settings.writeTimeoutNanos());
		}
	}

	/** More waits than should: make sure that it is noticed when nothing moves. */
	void overfull() {
		lookIn(Math.max(0, QueueBound.PATIENCE_NANOS - this.progress.stalledFor()));
	}

	synchronized void stop() {
		this.stopped = true;
		if (this.cancel != null) {
			this.cancel.run();
			this.cancel = null;
		}
		if (this.cancelLifetime != null) {
			this.cancelLifetime.run();
			this.cancelLifetime = null;
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
		long left = look(this.timer.nanoTime());
		if (left != NEVER) {
			lookIn(left);
		}
	}

	/**
	 * Do what is due.
	 * @return after how long to look again
	 */
	private long look(long now) {
		long keepAlive = this.settings.keepAliveNanos();
		long writeTimeout = this.settings.writeTimeoutNanos();
		long next = (keepAlive > 0) ? keepAlive : NEVER;
		long stalled = this.progress.stalledFor();
		if (stalled > 0) {
			if (writeTimeout > 0 && stalled >= writeTimeout) {
				this.outlet.abort(DisconnectReason.WRITE_TIMEOUT);
				return NEVER;
			}
			if (stalled >= QueueBound.PATIENCE_NANOS && this.queue.isOverfull() && !this.queue.relieve()) {
				this.outlet.abort(DisconnectReason.OVERFLOW);
				return NEVER;
			}
			next = (writeTimeout > 0) ? Math.min(next, writeTimeout - stalled) : next;
		}
		else if (keepAlive > 0) {
			long idle = now - this.progress.lastWrite();
			if (idle < keepAlive) {
				next = keepAlive - idle;
			}
			else {
				this.outlet.input().keepAlive();
			}
		}
		return this.queue.isOverfull() ? Math.min(next, QueueBound.PATIENCE_NANOS - stalled) : next;
	}

}
