package io.github.bettersse;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Time by the system's clock, and tasks on one daemon thread.
 */
final class ScheduledTimer implements Timer, AutoCloseable {

	private static final Runnable NOTHING_TO_TAKE_BACK = () -> {
	};

	private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "better-sse-timer");
		thread.setDaemon(true);
		return thread;
	});

	ScheduledTimer() {
		this.scheduler.setRemoveOnCancelPolicy(true);
		this.scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Runnable schedule(Runnable task, long delayNanos) {
		if (this.scheduler.isShutdown()) {
			return NOTHING_TO_TAKE_BACK;
		}
		Future<?> future = this.scheduler.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	@Override
	public void close() {
		this.scheduler.shutdown();
	}

}
