package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Time by the system's clock, and alarms on one daemon thread. After {@link #close()}
 * alarms are dropped.
 */
final class ScheduledTimer implements Timer, AutoCloseable {

	private static final System.Logger logger = System.getLogger(ScheduledTimer.class.getName());

	/** Times further apart could not be compared. */
	private static final long MAX_DELAY = Long.MAX_VALUE / 2;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition earlier = this.lock.newCondition();

	private final AlarmQueue alarms = new AlarmQueue();

	private @Nullable Thread thread;

	private boolean closed;

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public void set(Alarm alarm, long delayNanos) {
		long dueAt = nanoTime() + Math.min(delayNanos, MAX_DELAY);
		if (alarm.isSetBy(dueAt)) {
			return;
		}
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.alarms.set(alarm, dueAt);
			if (this.thread == null) {
				this.thread = startThread();
			}
			else if (this.alarms.first() == alarm) {
				this.earlier.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private Thread startThread() {
		Thread thread = new Thread(this::run, "better-sse-timer");
		thread.setDaemon(true);
		// It starts with the first alarm, on whatever thread: it must not hold an
		// application.
		thread.setContextClassLoader(null);
		thread.start();
		return thread;
	}

	@Override
	public void cancel(Alarm alarm) {
		this.lock.lock();
		try {
			this.alarms.cancel(alarm);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run() {
		for (Alarm alarm = takeDue(); alarm != null; alarm = takeDue()) {
			try {
				alarm.ring();
			}
			catch (Throwable ex) {
				logger.log(Level.ERROR, "What was to be done at a time has failed unexpectedly", ex);
			}
		}
	}

	/** Wait for the next alarm that is due; {@code null} when the timer is closed. */
	private @Nullable Alarm takeDue() {
		this.lock.lock();
		try {
			while (!this.closed) {
				Alarm first = this.alarms.first();
				long left = (first != null) ? first.dueAt - nanoTime() : MAX_DELAY;
				if (first != null && left <= 0) {
					this.alarms.unset(first);
					return first;
				}
				await(left);
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void await(long nanos) {
		try {
			this.earlier.awaitNanos(nanos);
		}
		catch (InterruptedException ex) {
			// Nobody but an alarm that has gone wrong: only close() ends the thread.
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.alarms.clear();
			this.earlier.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

}
