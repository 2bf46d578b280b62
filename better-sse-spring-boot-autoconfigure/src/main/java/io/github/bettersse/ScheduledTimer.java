package io.github.bettersse;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

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
		Scheduled scheduled = new Scheduled(task);
		scheduled.future = this.scheduler.schedule((Callable<Void>) scheduled, delayNanos, TimeUnit.NANOSECONDS);
		return scheduled;
	}

	@Override
	public void close() {
		this.scheduler.shutdown();
	}

	/** A task, and what cancels it: each session has one. */
	private static final class Scheduled implements Callable<Void>, Runnable {

		private final Runnable task;

		private @Nullable Future<?> future;

		Scheduled(Runnable task) {
			this.task = task;
		}

		@Override
		public @Nullable Void call() {
			this.task.run();
			return null;
		}

		@Override
		public void run() {
			if (this.future != null) {
				this.future.cancel(false);
			}
		}

	}

}
