package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A clock that a test moves. It starts shortly before it wraps around, as
 * {@link System#nanoTime()} may.
 */
final class ManualTimer implements Timer {

	private record Task(Runnable task, long dueAt) {
	}

	private final List<Task> tasks = new ArrayList<>();

	private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

	@Override
	public synchronized long nanoTime() {
		return this.now;
	}

	@Override
	public synchronized Runnable schedule(Runnable task, long delayNanos) {
		Task scheduled = new Task(task, this.now + delayNanos);
		this.tasks.add(scheduled);
		return () -> remove(scheduled);
	}

	private synchronized void remove(Task task) {
		this.tasks.removeIf((other) -> other == task);
	}

	/** Move the clock, and run on the calling thread what comes due, each at its time. */
	void advance(Duration duration) {
		long target = nanoTime() + duration.toNanos();
		for (Optional<Task> task = takeDue(target); task.isPresent(); task = takeDue(target)) {
			task.get().task().run();
		}
		moveTo(target);
	}

	private synchronized Optional<Task> takeDue(long target) {
		Optional<Task> due = this.tasks.stream()
			.filter((task) -> task.dueAt() - target <= 0)
			.min(Comparator.comparingLong((task) -> task.dueAt() - target));
		due.ifPresent((task) -> {
			this.tasks.remove(task);
			this.now = task.dueAt();
		});
		return due;
	}

	private synchronized void moveTo(long target) {
		this.now = target;
	}

	/** Return how many tasks wait for their time. */
	synchronized int getTaskCount() {
		return this.tasks.size();
	}

}
