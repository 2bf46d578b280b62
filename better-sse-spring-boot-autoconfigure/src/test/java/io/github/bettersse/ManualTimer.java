package io.github.bettersse;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A clock that a test moves. It starts shortly before it wraps around, as
 * {@link System#nanoTime()} may.
 */
final class ManualTimer implements Timer {

	private final AlarmQueue alarms = new AlarmQueue();

	private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

	@Override
	public synchronized long nanoTime() {
		return this.now;
	}

	@Override
	public synchronized void set(Alarm alarm, long delayNanos) {
		this.alarms.set(alarm, this.now + delayNanos);
	}

	@Override
	public synchronized void cancel(Alarm alarm) {
		this.alarms.cancel(alarm);
	}

	/**
	 * Move the clock, and ring on the calling thread what comes due, each at its time.
	 */
	void advance(Duration duration) {
		long target = nanoTime() + duration.toNanos();
		for (Optional<Alarm> alarm = takeDue(target); alarm.isPresent(); alarm = takeDue(target)) {
			alarm.get().ring();
		}
		moveTo(target);
	}

	private synchronized Optional<Alarm> takeDue(long target) {
		Optional<Alarm> due = Optional.ofNullable(this.alarms.first()).filter((alarm) -> alarm.dueAt - target <= 0);
		due.ifPresent((alarm) -> {
			this.alarms.unset(alarm);
			this.now = alarm.dueAt;
		});
		return due;
	}

	private synchronized void moveTo(long target) {
		this.now = target;
	}

	/** Return how many alarms wait for their time. */
	synchronized int getTaskCount() {
		return this.alarms.size();
	}

}
