package io.github.bettersse.eventlog;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The log of one node: a view of a log that is nowhere else. Its epoch is new with each
 * instance. Thread-safe; every method waits only while another one is at work, which none
 * is for long.
 */
public final class InMemoryEventLog extends ViewedEventLog {

	private static final long DEFAULT_MAX_SIZE = 64 * 1024 * 1024;

	private final LogView view;

	/**
	 * Create a log that retains about 64 MB at most.
	 */
	public InMemoryEventLog() {
		this(DEFAULT_MAX_SIZE);
	}

	/**
	 * Create a log.
	 * @param maxSize about how many bytes of memory all that is retained may take; beyond
	 * that the oldest events go first, of whatever channel
	 */
	public InMemoryEventLog(long maxSize) {
		this(maxSize, System::nanoTime);
	}

	/**
	 * Create a log with a clock of its own.
	 * @param maxSize about how many bytes of memory all that is retained may take
	 * @param nanoTime tells the age of events, as {@link System#nanoTime()} does
	 */
	public InMemoryEventLog(long maxSize, LongSupplier nanoTime) {
		this.view = new LogView(LogContents.startingAt(Position.newEpoch()), maxSize, nanoTime);
	}

	@Override
	protected LogView view() {
		return this.view;
	}

	@Override
	public CompletableFuture<Position> append(LogEvent event) {
		return CompletableFuture.completedFuture(this.view.append(event::at, event.retention()));
	}

	@Override
	public void forget(String channel) {
		this.view.forget(channel, Long.MAX_VALUE);
	}

}
