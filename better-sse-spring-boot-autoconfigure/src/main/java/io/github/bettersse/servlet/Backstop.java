package io.github.bettersse.servlet;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks after responses whose container should have reported an error by now.
 * Thread-safe.
 * <p>
 * One daemon thread for all, which ends when nothing is due. Not the one behind
 * {@code CompletableFuture.delayedExecutor}: that would begin on a container thread,
 * inherit the class loader of the web application and be reported as its leak.
 */
final class Backstop {

	/** More than a container needs to report an error that it has noticed itself. */
	private static final long DELAY_SECONDS = 5;

	private static final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "better-sse-backstop");
		thread.setContextClassLoader(null);
		thread.setDaemon(true);
		return thread;
	});

	static {
		scheduler.setKeepAliveTime(1, TimeUnit.SECONDS);
		scheduler.allowCoreThreadTimeOut(true);
	}

	private Backstop() {
	}

	/** Do something when the container has had its time. */
	static void schedule(Runnable task) {
		scheduler.schedule(task, DELAY_SECONDS, TimeUnit.SECONDS);
	}

}
