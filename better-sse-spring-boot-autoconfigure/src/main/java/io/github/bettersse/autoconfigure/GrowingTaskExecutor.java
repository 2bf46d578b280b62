package io.github.bettersse.autoconfigure;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Starts another thread when none is idle, and queues only what comes when it has all
 * that it may have. The usual order, to queue before the pool grows, would let a few
 * tasks that block keep all others waiting.
 */
final class GrowingTaskExecutor extends ThreadPoolTaskExecutor {

	private final @Nullable ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();

	GrowingTaskExecutor() {
		setRejectedExecutionHandler(GrowingTaskExecutor::queue);
	}

	/**
	 * With the class loader of the application, whoever needs the thread first: that of a
	 * container's thread is what the container takes for leaked when it stops.
	 */
	@Override
	public Thread createThread(Runnable task) {
		Thread thread = super.createThread(task);
		thread.setContextClassLoader(this.contextClassLoader);
		return thread;
	}

	@Override
	protected BlockingQueue<Runnable> createQueue(int queueCapacity) {
		return new HandOverQueue();
	}

	/** All threads are there and busy, or the executor is shut down. */
	private static void queue(Runnable task, ThreadPoolExecutor executor) {
		if (executor.isShutdown() || !(executor.getQueue() instanceof HandOverQueue queue)) {
			throw new RejectedExecutionException("The executor is shut down");
		}
		queue.append(task);
	}

	/**
	 * Takes a task at first only if a thread waits for one.
	 */
	private static final class HandOverQueue extends LinkedTransferQueue<Runnable> {

		@Override
		public boolean offer(Runnable task) {
			return tryTransfer(task);
		}

		void append(Runnable task) {
			super.offer(task);
		}

	}

}
