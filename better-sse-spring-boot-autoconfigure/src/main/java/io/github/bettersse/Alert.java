package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator has to act on: a warning, at most once a minute however
 * often it happens. Each time in between is logged at DEBUG. Thread-safe.
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
		raise(message, null);
	}

	/** It has happened, for a reason whose stack is logged too. */
	void raise(Supplier<String> message, @Nullable Throwable cause) {
		long silent = 0;
		boolean warn;
		synchronized (this) {
			long now = this.timer.nanoTime();
			warn = !this.raised || now - this.raisedAt >= PAUSE_NANOS;
			if (warn) {
				silent = this.silent;
				this.raised = true;
				this.raisedAt = now;
			}
			this.silent = warn ? 0 : this.silent + 1;
		}
		String before = (silent > 0) ? " (and " + silent + " times more since the last warning)" : "";
		this.logger.log(warn ? Level.WARNING : Level.DEBUG, () -> message.get() + before, cause);
	}

}
