package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Something that an operator has to act on: a warning, at most once a minute however
 * often it happens. Thread-safe.
 */
final class Alert {

	private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final System.Logger logger;

	private final Timer timer;

	private boolean raised;

	private long raisedAt;

	private long silent;

	Alert(System.Logger logger, Timer timer) {
		this.logger = logger;
		this.timer = timer;
	}

	/** It has happened. */
	void raise(Supplier<String> message) {
		long silent;
		synchronized (this) {
			long now = this.timer.nanoTime();
			if (this.raised && now - this.raisedAt < PAUSE_NANOS) {
				this.silent++;
				return;
			}
			silent = this.silent;
			this.raised = true;
			this.raisedAt = now;
			this.silent = 0;
		}
		this.logger.log(Level.WARNING,
				() -> message.get() + ((silent > 0) ? " (and " + silent + " times more since the last warning)" : ""));
	}

}
