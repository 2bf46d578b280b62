package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on another executor, in order and one at a time. A task that throws does not
 * keep the next one from running. Thread-safe.
 */
final class SerialExecutor implements Executor {

	private final Executor executor;

	private final Failures failures;

	private @Nullable Queue<Runnable> waiting;

	private boolean running;

	private volatile @Nullable Thread runner;

	SerialExecutor(Executor executor, Failures failures) {
		this.executor = executor;
		this.failures = failures;
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this) {
			if (this.waiting == null) {
				this.waiting = new ArrayDeque<>(2);
			}
			this.waiting.add(task);
			if (this.running) {
				return;
			}
			this.running = true;
		}
		Runnable work = () -> LibraryThread.run(this::runWaiting);
		try {
			this.executor.execute(work);
		}
		catch (Throwable ex) {
			// Somebody may wait for what was to be done, and the caller is not to blame.
			this.failures.ofExecutor(ex);
			ForkJoinPool.commonPool().execute(work);
		}
	}

	private void runWaiting() {
		for (Runnable task = next(); task != null; task = next()) {
			this.runner = Thread.currentThread();
			this.failures.run(task);
			this.runner = null;
		}
	}

	/** Return whether the caller is one of the tasks. */
	boolean isCurrent() {
		return Thread.currentThread() == this.runner;
	}

	private synchronized @Nullable Runnable next() {
		Runnable task = (this.waiting != null) ? this.waiting.poll() : null;
		if (task == null) {
			this.waiting = null;
			this.running = false;
		}
		return task;
	}

	/** Run what is not to wait for its turn. */
	void runNow(Runnable task) {
		this.failures.run(task);
	}

}
