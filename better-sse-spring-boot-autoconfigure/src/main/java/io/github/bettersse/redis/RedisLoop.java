package io.github.bettersse.redis;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.bettersse.Alert;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * A thread that does the same again and again with a connection of its own, and with
 * another one after a failure.
 *
 * <pre>
 *   connected --failure--&gt; waiting, 50 ms at first and up to 1 s --&gt; connected
 * </pre>
 */
final class RedisLoop implements AutoCloseable {

	private static final System.Logger logger = System.getLogger(RedisLoop.class.getName());

	private static final long MIN_PAUSE = 50;

	private static final long MAX_PAUSE = 1000;

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Body body;

	private final RedisLink link;

	private final Thread thread;

	private final Alert alert;

	private volatile long pause;

	/** Whether somebody was warned, and is to know when it is over. */
	private boolean warned;

	@FunctionalInterface
	interface Body {

		/** Do it once. A failure, whatever it is, leads to a new connection. */
		void run(RedisLink link) throws Exception;

	}

	RedisLoop(String name, RedisConnectionFactory factory, Body body, LongSupplier nanoTime) {
		this.alert = new Alert(logger, nanoTime);
		this.body = body;
		this.link = new RedisLink(factory);
		this.thread = new Thread(this::run, name);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	private void run() {
		while (!isClosed()) {
			try {
				this.body.run(this.link);
				recovered();
			}
			catch (InterruptedException ex) {
				// It is closed
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
		this.link.close();
	}

	private void recovered() {
		if (this.pause > 0) {
			this.pause = 0;
			logger.log(this.warned ? Level.INFO : Level.DEBUG,
					() -> this.thread.getName() + " is connected with Redis again");
			this.warned = false;
		}
	}

	private void failed(Throwable failure) {
		this.link.close();
		if (isClosed()) {
			return;
		}
		// Each time that it is tried: the last word on an outage must not be that it is
		// over
		this.warned |= this.alert.raise(() -> this.thread.getName() + " has lost Redis and tries again: "
				+ NestedExceptionUtils.getMostSpecificCause(failure));
		logger.log(Level.DEBUG, "The failure", failure);
		this.pause = Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, 2 * this.pause));
		try {
			this.closed.await(this.pause, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			// It is closed
		}
	}

	/** Return whether it was so the last time that it was tried. */
	boolean isConnected() {
		return this.pause == 0;
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	/** End the thread; waits for it a moment. */
	@Override
	public void close() {
		this.closed.countDown();
		this.thread.interrupt();
		try {
			this.thread.join(MAX_PAUSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
