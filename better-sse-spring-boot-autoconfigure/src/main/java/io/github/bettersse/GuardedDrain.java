package io.github.bettersse;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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

	private final ReentrantLock guard = new ReentrantLock();

	private volatile boolean requested;

	/** Work if that is allowed now, or let the one who does work again. */
	final void drain() {
		this.requested = true;
		while (this.requested && mayWork() && !this.guard.isHeldByCurrentThread() && this.guard.tryLock()) {
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

	/** Wait for a piece of work that is under way, and do another one under the guard. */
	final void exclusively(Supplier<DrainOutcome> work) {
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

	/** Return whether the current thread may work now. */
	abstract boolean mayWork();

	/** Do all there is to do; under the guard. */
	abstract DrainOutcome work();

	/** Do what the work leads to; after the guard was released. */
	abstract void conclude(DrainOutcome outcome);

}
