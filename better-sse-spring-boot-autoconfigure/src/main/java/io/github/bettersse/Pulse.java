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

	private final long keepAlive;

	private final long writeTimeout;

	private final long lifetime;

	private @Nullable Runnable cancel;

	private @Nullable Runnable cancelLifetime;

	private long dueAt;

	private boolean stopped;

	Pulse(SessionOutlet outlet, SendQueue queue, WriteProgress progress, Timer timer, SessionSettings settings) {
		this.outlet = outlet;
		this.queue = queue;
		this.progress = progress;
		this.timer = timer;
		this.keepAlive = settings.keepAliveNanos();
		this.writeTimeout = settings.writeTimeoutNanos();
		this.lifetime = settings.maxLifetimeNanos();
	}

	/** The session is open: begin to look after it. */
	void start() {
		if (this.keepAlive > 0) {
			lookIn(this.keepAlive);
		}
		if (this.lifetime > 0) {
			limitLife();
		}
	}

	/** Up to a fifth shorter, so that clients that came together do not go together. */
	private synchronized void limitLife() {
		if (!this.stopped) {
			long shortened = this.lifetime - ThreadLocalRandom.current().nextLong(this.lifetime / 5 + 1);
			this.cancelLifetime = this.timer.schedule(() -> this.outlet.end(DisconnectReason.LIFETIME, null),
					shortened);
		}
	}

	/** The socket is full: make sure that the write time-out is noticed. */
	void stalled() {
		if (this.writeTimeout > 0) {
			lookIn(this.writeTimeout);
		}
	}

	/** More waits than should: make sure that it is noticed when nothing moves. */
	void overfull() {
		lookIn(Math.max(0, SendQueue.PATIENCE_NANOS - this.progress.stalledFor()));
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
		long next = (this.keepAlive > 0) ? this.keepAlive : NEVER;
		long stalled = this.progress.stalledFor();
		if (stalled > 0) {
			if (this.writeTimeout > 0 && stalled >= this.writeTimeout) {
				this.outlet.abort(DisconnectReason.WRITE_TIMEOUT);
				return NEVER;
			}
			if (this.queue.isOverfull() && stalled >= SendQueue.PATIENCE_NANOS) {
				this.outlet.abort(DisconnectReason.OVERFLOW);
				return NEVER;
			}
			next = (this.writeTimeout > 0) ? Math.min(next, this.writeTimeout - stalled) : next;
		}
		else if (this.keepAlive > 0) {
			long idle = now - this.progress.lastWrite();
			if (idle < this.keepAlive) {
				next = this.keepAlive - idle;
			}
			else {
				this.outlet.input().keepAlive();
			}
		}
		return this.queue.isOverfull() ? Math.min(next, SendQueue.PATIENCE_NANOS - stalled) : next;
	}

}
