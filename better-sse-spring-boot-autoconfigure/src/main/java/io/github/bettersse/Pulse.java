package io.github.bettersse;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What time does to one open session: a keep-alive comment when nothing was written for
 * the interval, the end when nothing could be written for the write time-out or a full
 * queue does not move, the end of a long life, and that of what is still sent after it.
 * Thread-safe.
 */
final class Pulse extends Alarm {

	private static final long NEVER = Long.MAX_VALUE;

	/** So that one that takes a little each time never seems to stand still. */
	private static final long RETRY_NANOS = QueueBound.PATIENCE_NANOS / 2;

	private static final long MAX_FINISH_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final SessionOutlet outlet;

	private final Timer timer;

	/** After so long a life it ends; before start() it does not. */
	private volatile long maxAge = NEVER;

	Pulse(SessionOutlet outlet, Timer timer) {
		this.outlet = outlet;
		this.timer = timer;
	}

	/** The session is open: begin to look after it. */
	void start() {
		long keepAlive = settings().keepAliveNanos();
		long lifetime = settings().maxLifetimeNanos();
		if (lifetime > 0) {
			// Up to a fifth shorter, so that clients that came together do not go
			// together.
			lifetime -= ThreadLocalRandom.current().nextLong(lifetime / 5 + 1);
			this.maxAge = progress().age() + lifetime;
			this.timer.set(this, lifetime);
		}
		if (keepAlive > 0) {
			this.timer.set(this, keepAlive);
		}
	}

	/** The socket is full: make sure that it is tried again, and the time-out noticed. */
	void stalled() {
		this.timer.set(this, untilRetry());
	}

	/** After how long a socket that has said nothing is tried again. */
	private long untilRetry() {
		long writeTimeout = settings().writeTimeoutNanos();
		return (writeTimeout > 0) ? Math.min(writeTimeout, RETRY_NANOS) : RETRY_NANOS;
	}

	/** The session has ended: give it so long to send the rest. */
	void limitFinish(SessionWriter writer) {
		this.timer.schedule(writer::abort, MAX_FINISH_NANOS);
	}

	/** The session has ended: look no more. */
	void stop() {
		this.timer.cancel(this);
	}

	@Override
	void ring() {
		if (this.outlet.isConnected()) {
			long left = look();
			if (left != NEVER) {
				this.timer.set(this, left);
			}
		}
	}

	/**
	 * Do what is due.
	 * @return after how long to look again
	 */
	private long look() {
		long lifeLeft = (this.maxAge != NEVER) ? this.maxAge - progress().age() : NEVER;
		if (lifeLeft <= 0) {
			this.outlet.end(DisconnectReason.LIFETIME, null);
			return NEVER;
		}
		long keepAlive = settings().keepAliveNanos();
		long writeTimeout = settings().writeTimeoutNanos();
		SendQueue queue = this.outlet.queue();
		long next = (keepAlive > 0) ? Math.min(keepAlive, lifeLeft) : lifeLeft;
		// By what was before the try: if this thread has to wait now, the socket has not.
		long now = this.timer.nanoTime();
		if (progress().stalledFor(now) >= untilRetry() && !this.outlet.input().retry()) {
			return untilRetry();
		}
		long stalled = progress().stalledFor(now);
		if (stalled > 0) {
			if (writeTimeout > 0 && stalled >= writeTimeout) {
				this.outlet.abort(DisconnectReason.WRITE_TIMEOUT);
				return NEVER;
			}
			// When patience ends a full queue is noticed, whenever it has filled up.
			long patience = QueueBound.PATIENCE_NANOS - stalled;
			if (patience <= 0 && queue.isOverfull() && !queue.relieve()) {
				this.outlet.abort(DisconnectReason.OVERFLOW);
				return NEVER;
			}
			next = Math.min(next, (patience > 0) ? Math.min(patience, untilRetry()) : untilRetry());
			next = (writeTimeout > 0) ? Math.min(next, writeTimeout - stalled) : next;
		}
		else if (keepAlive > 0) {
			long idle = this.timer.nanoTime() - progress().lastWrite();
			if (idle < keepAlive) {
				next = Math.min(keepAlive - idle, lifeLeft);
			}
			else {
				this.outlet.input().keepAlive();
			}
		}
		return next;
	}

	private SessionSettings settings() {
		return this.outlet.settings();
	}

	private WriteProgress progress() {
		return this.outlet.queue().progress();
	}

}
