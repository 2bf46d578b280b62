package io.github.bettersse.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Fails what is not done in time. All have the same time, so that the oldest is the next
 * one to fail and one timer, for that, is enough: one for each would wake up a thread
 * with each event. Thread-safe.
 *
 * <pre>
 *   no timer --something is added--&gt; timer --at the time of the oldest then--+
 *      ^                               ^     what is late fails               |
 *      |                               +------------something is left--------+
 *      +--------------------------------------------nothing is left----------+
 * </pre>
 */
final class AppendDeadlines {

	private final long nanos;

	private final Deque<Pending> pending = new ArrayDeque<>();

	private boolean timed;

	private record Pending(CompletableFuture<?> future, long deadline) {
	}

	AppendDeadlines(Duration time) {
		this.nanos = time.toNanos();
	}

	/** Fail a future if it is not done when its time is over. */
	void add(CompletableFuture<?> future) {
		synchronized (this) {
			removeDone();
			this.pending.add(new Pending(future, System.nanoTime() + this.nanos));
			if (this.timed) {
				return;
			}
			this.timed = true;
		}
		checkAfter(this.nanos);
	}

	private void checkAfter(long nanos) {
		CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run).execute(this::check);
	}

	private void check() {
		List<CompletableFuture<?>> late = new ArrayList<>();
		long now = System.nanoTime();
		Pending next;
		synchronized (this) {
			next = removeDone();
			while (next != null && next.deadline() - now <= 0) {
				late.add(this.pending.remove().future());
				next = removeDone();
			}
			this.timed = next != null;
		}
		if (next != null) {
			checkAfter(next.deadline() - now);
		}
		late.forEach((future) -> future.completeExceptionally(new TimeoutException()));
	}

	/** Return the oldest that is not done. */
	private @Nullable Pending removeDone() {
		Pending oldest = this.pending.peek();
		while (oldest != null && oldest.future().isDone()) {
			this.pending.remove();
			oldest = this.pending.peek();
		}
		return oldest;
	}

}
