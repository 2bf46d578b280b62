package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Warn an operator of something to act on, at most once a minute however often it
 * happens. Each time in between is logged at DEBUG, and counted in the next warning.
 * Thread-safe; never blocks. For the library, and for an {@code EventLog} of your own.
 */
public final class Alert {

	private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final System.Logger logger;

	private final LongSupplier nanoTime;

	private boolean raised;

	private long raisedAt;

	private long silent;

	/**
	 * Create an alert that has not been raised.
	 * @param logger where to log
	 * @param nanoTime tells the time, as {@link System#nanoTime()} does
	 */
	public Alert(System.Logger logger, LongSupplier nanoTime) {
		this.logger = logger;
		this.nanoTime = nanoTime;
	}

	/**
	 * Raise it: it has happened.
	 * @param message what has happened; asked for only if it is logged
	 * @return whether that was a warning
	 */
	public boolean raise(Supplier<String> message) {
		return raise(message, null);
	}

	/**
	 * Raise it: it has happened, for a reason.
	 * @param message what has happened; asked for only if it is logged
	 * @param cause the reason, whose stack is logged too
	 * @return whether that was a warning
	 */
	public boolean raise(Supplier<String> message, @Nullable Throwable cause) {
		long silent = 0;
		boolean warn;
		synchronized (this) {
			long now = this.nanoTime.getAsLong();
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
		return warn;
	}

}
