package io.github.bettersse.autoconfigure;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Starts another thread when none is idle, and queues only what comes when it has all
 * that it may have. The usual order, to queue before the pool grows, would let a few
 * tasks that block keep all others waiting.
 */
final class GrowingTaskExecutor extends ThreadPoolTaskExecutor {

	GrowingTaskExecutor() {
		setRejectedExecutionHandler(GrowingTaskExecutor::queue);
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
