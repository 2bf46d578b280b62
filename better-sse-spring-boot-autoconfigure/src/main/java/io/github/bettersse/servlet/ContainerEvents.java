package io.github.bettersse.servlet;

import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.AsyncContext;

/**
 * The events of one connection that threads of the container handle. A thread that has
 * reported that writing is possible is not done yet. If a write failed on another thread
 * meanwhile, Tomcat would end the request without any callback, or with an exception in
 * its log; so writes wait for that moment to pass.
 */
final class ContainerEvents {

	private final ReentrantLock lock;

	private final Runnable onHandled;

	private volatile boolean awaited;

	/**
	 * Create these events.
	 * @param lock held by a thread of the container while it handles one
	 * @param onHandled run when one is handled that was found under way
	 */
	ContainerEvents(ReentrantLock lock, Runnable onHandled) {
		this.lock = lock;
		this.onHandled = onHandled;
	}

	/** Return whether one is under way on another thread. */
	boolean isUnderWay(AsyncContext context) {
		if (!this.lock.isLocked() || this.lock.isHeldByCurrentThread()) {
			return false;
		}
		if (!this.awaited) {
			this.awaited = true;
			if (!start(context, this::await)) {
				// Better to write now than never.
				this.awaited = false;
			}
		}
		return this.awaited;
	}

	private void await() {
		this.lock.lock();
		this.lock.unlock();
		this.awaited = false;
		this.onHandled.run();
	}

	/**
	 * Run something on a thread of the container.
	 * @return false if the request has ended, or the container has no thread to spare
	 */
	static boolean start(AsyncContext context, Runnable task) {
		try {
			context.start(task);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
