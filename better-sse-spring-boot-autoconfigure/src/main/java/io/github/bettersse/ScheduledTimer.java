package io.github.bettersse;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Time by the system's clock, and tasks on one daemon thread. After {@link #close()}
 * tasks are dropped.
 */
final class ScheduledTimer implements Timer, AutoCloseable {

	private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "better-sse-timer");
		thread.setDaemon(true);
		// It starts with the first task, on whatever thread: it must not hold an
		// application.
		thread.setContextClassLoader(null);
		return thread;
	});

	ScheduledTimer() {
		this.scheduler.setRemoveOnCancelPolicy(true);
		this.scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
		this.scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Runnable schedule(Runnable task, long delayNanos) {
		Future<?> future = this.scheduler.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	@Override
	public void close() {
		this.scheduler.shutdown();
	}

}
