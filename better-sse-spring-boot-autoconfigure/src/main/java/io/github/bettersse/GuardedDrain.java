package io.github.bettersse;

import java.util.function.Supplier;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done by one thread at a time, without anybody waiting to do it: who finds
 * the guard taken leaves a request behind, and its holder looks again after releasing it.
 * So nothing that was asked for is missed:
 *
 * <pre>
 *   A: request, guard taken by B, return     B: ..., release, sees the request, again
 *   A: request, guard free: works itself     B: release, no request yet, done
 * </pre>
 */
abstract class GuardedDrain {

	private final DrainGuard guard = new DrainGuard();

	private volatile boolean requested;

	/** Work if that is allowed now, or let the one who does work again. */
	final void drain() {
		this.requested = true;
		while (this.requested && mayWork() && this.guard.tryLock()) {
			DrainOutcome outcome;
			try {
				this.requested = false;
				outcome = work();
			}
			finally {
				this.guard.unlock();
			}
			conclude(outcome);
		}
	}

	/**
	 * Wait for a piece of work that is under way, unless that is the caller's own, and do
	 * another one under the guard.
	 */
	final void exclusively(Supplier<DrainOutcome> work) {
		if (this.guard.isHeldByCurrentThread()) {
			conclude(work.get());
			return;
		}
		DrainOutcome outcome;
		this.guard.lock();
		try {
			outcome = work.get();
		}
		finally {
			this.guard.unlock();
		}
		conclude(outcome);
	}

	/**
	 * Hand something over at once, if the guard is free and there is nothing before it.
	 * @return false if it has to be queued
	 */
	final boolean pass(Frame frame, Delivery last) {
		if (!mayWork() || !this.guard.tryLock()) {
			return false;
		}
		DrainOutcome outcome;
		try {
			outcome = workOn(frame, last);
		}
		finally {
			this.guard.unlock();
		}
		if (outcome != null && outcome != DrainOutcome.WAITING) {
			conclude(outcome);
		}
		if (this.requested) {
			drain();
		}
		return outcome != null;
	}

	/** Return whether nobody works, as far as can be seen without a lock. */
	final boolean seemsFree() {
		return this.guard.seemsFree();
	}

	/** Return whether the current thread may work now. */
	abstract boolean mayWork();

	/** Do all there is to do; under the guard. */
	abstract DrainOutcome work();

	/**
	 * Do the same, beginning with something that is not queued, under the guard.
	 * @return {@code null} if that must be queued
	 */
	abstract @Nullable DrainOutcome workOn(Frame frame, Delivery last);

	/** Do what the work leads to; after the guard was released. */
	abstract void conclude(DrainOutcome outcome);

}
