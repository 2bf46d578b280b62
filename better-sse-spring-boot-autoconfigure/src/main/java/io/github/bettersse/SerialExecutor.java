package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on another executor, in order and one at a time. A task that throws is
 * logged and does not keep the next one from running. Thread-safe.
 */
final class SerialExecutor implements Executor {

	private static final System.Logger logger = System.getLogger(SerialExecutor.class.getName());

	private final Executor executor;

	private @Nullable Queue<Runnable> waiting;

	private boolean running;

	SerialExecutor(Executor executor) {
		this.executor = executor;
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
		try {
			this.executor.execute(() -> LibraryThread.run(this::runWaiting));
		}
		catch (RejectedExecutionException ex) {
			logger.log(Level.WARNING, "Listeners cannot run: their executor takes no more tasks", ex);
			synchronized (this) {
				this.waiting = null;
				this.running = false;
			}
		}
	}

	private void runWaiting() {
		for (Runnable task = next(); task != null; task = next()) {
			run(task);
		}
	}

	private synchronized @Nullable Runnable next() {
		Runnable task = (this.waiting != null) ? this.waiting.poll() : null;
		if (task == null) {
			this.waiting = null;
			this.running = false;
		}
		return task;
	}

	/** Run application code, so that whatever it throws stops here. */
	static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.log(Level.WARNING, "A listener has failed", ex);
		}
	}

}
