package io.github.bettersse;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * What time does to one open session: a keep-alive comment when nothing was written for
 * the interval, the end when nothing could be written for the write time-out, and the end
 * of a long life. Thread-safe.
 */
final class Pulse implements Runnable {

	private static final long NEVER = Long.MAX_VALUE;

	private final SessionOutlet outlet;

	private final WriteProgress progress;

	private final Timer timer;

	private final long keepAlive;

	private final long writeTimeout;

	private final long lifetime;

	private @Nullable Runnable cancel;

	private @Nullable Runnable cancelLifetime;

	private long dueAt;

	private boolean stopped;

	Pulse(SessionOutlet outlet, WriteProgress progress, Timer timer, SessionSettings settings) {
		this.outlet = outlet;
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
		long stalledSince = this.progress.stalledSince();
		if (stalledSince != 0) {
			long left = stalledSince + this.writeTimeout - now;
			if (this.writeTimeout > 0 && left <= 0) {
				this.outlet.abort(DisconnectReason.WRITE_TIMEOUT);
				return NEVER;
			}
			return (this.writeTimeout > 0) ? left : keepAliveOrNever();
		}
		if (this.keepAlive == 0) {
			return NEVER;
		}
		long left = this.progress.lastWrite() + this.keepAlive - now;
		if (left > 0) {
			return left;
		}
		this.outlet.keepAlive();
		return this.keepAlive;
	}

	private long keepAliveOrNever() {
		return (this.keepAlive > 0) ? this.keepAlive : NEVER;
	}

}
