package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends all sessions of an engine: at once, or little by little over a time. In what order
 * is left to chance.
 */
final class Shutdown {

	/** How long sessions may take to send what is queued once all were ended. */
	private static final long MAX_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

	private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final LiveSessions sessions;

	private final Timer timer;

	private final Duration retryJitter;

	private final long drainNanos;

	Shutdown(LiveSessions sessions, Timer timer, Duration retryJitter, Duration drain) {
		this.sessions = sessions;
		this.timer = timer;
		this.retryJitter = retryJitter;
		this.drainNanos = drain.toNanos();
	}

	/**
	 * End all sessions that are there now, and wait for that. Interrupted, it ends those
	 * at once that are left, and waits no longer.
	 */
	void run() {
		Drain drain = new Drain(this.sessions.all());
		drain.run();
		try {
			this.sessions.awaitNone(this.drainNanos + MAX_STOP_NANOS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		drain.endUpTo(Integer.MAX_VALUE);
	}

	/**
	 * Ends what is due, and comes again while something is left. Thread-safe.
	 */
	private final class Drain implements Runnable {

		private final List<DefaultSession<?>> left;

		private final int total;

		private final long startedAt = Shutdown.this.timer.nanoTime();

		Drain(Iterable<DefaultSession<?>> all) {
			this.left = new ArrayList<>();
			all.forEach(this.left::add);
			Collections.shuffle(this.left);
			this.total = this.left.size();
		}

		@Override
		public void run() {
			long elapsed = Shutdown.this.timer.nanoTime() - this.startedAt;
			boolean over = elapsed >= Shutdown.this.drainNanos;
			endUpTo(over ? this.total : (int) ((double) this.total * elapsed / Shutdown.this.drainNanos));
			if (!over) {
				Shutdown.this.timer.schedule(this, Math.min(STEP_NANOS, Shutdown.this.drainNanos - elapsed));
			}
		}

		/** End so many of all, those included that have been ended before. */
		synchronized void endUpTo(int count) {
			while (!this.left.isEmpty() && this.total - this.left.size() < count) {
				SessionOutlet outlet = this.left.remove(this.left.size() - 1).outlet();
				outlet.end(DisconnectReason.SHUTDOWN, outlet.settings().retry(Shutdown.this.retryJitter));
			}
		}

	}

}
