package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Who waits until a session has handed its first so many frames to the socket.
 * Thread-safe.
 */
final class FlushWaiters {

	private record Waiter(long frames, CompletableFuture<Void> future, Executor executor) {
	}

	/** For sessions where nobody has ever waited. */
	static final FlushWaiters NONE = new FlushWaiters();

	/** Null while nobody waits, so that it costs nothing. */
	private volatile @Nullable Deque<Waiter> waiters;

	private long reached;

	/** Return these, or others if these are none, to add to. */
	FlushWaiters some() {
		return (this != NONE) ? this : new FlushWaiters();
	}

	/** Let a future complete, by an executor, when so many frames were handed over. */
	synchronized void add(long frames, CompletableFuture<Void> future, Executor executor) {
		Deque<Waiter> waiters = (this.waiters != null) ? this.waiters : new ArrayDeque<>(1);
		waiters.add(new Waiter(frames, future, executor));
		this.waiters = waiters;
	}

	/** Return whether somebody waits for no more frames than those that are gone. */
	boolean isAwaited(SendQueue queue) {
		return this.waiters != null && isAwaited(queue.gone());
	}

	private synchronized boolean isAwaited(long frames) {
		Waiter next = (this.waiters != null) ? this.waiters.peek() : null;
		return next != null && next.frames() <= frames && next.frames() > this.reached;
	}

	/** Note that the frames that are gone were handed over. */
	void reached(SendQueue queue) {
		if (this.waiters != null) {
			reached(queue.gone());
		}
	}

	private synchronized void reached(long frames) {
		this.reached = frames;
	}

	/** Complete those whose frames were handed over. */
	void completeReached() {
		if (this.waiters == null) {
			return;
		}
		for (Waiter waiter : takeReached()) {
			waiter.executor().execute(() -> waiter.future().complete(null));
		}
	}

	/** The session has ended: fail those that are left. */
	void fail(@Nullable Throwable cause) {
		completeReached();
		for (Waiter waiter : takeAll()) {
			waiter.executor()
				.execute(() -> waiter.future()
					.completeExceptionally(new SseException("The session ended before all was sent.", cause)));
		}
	}

	private synchronized List<Waiter> takeReached() {
		List<Waiter> taken = new ArrayList<>();
		Deque<Waiter> waiters = this.waiters;
		while (waiters != null && !waiters.isEmpty() && waiters.getFirst().frames() <= this.reached) {
			taken.add(waiters.removeFirst());
		}
		return taken;
	}

	private synchronized List<Waiter> takeAll() {
		Deque<Waiter> waiters = this.waiters;
		this.waiters = null;
		return (waiters != null) ? List.copyOf(waiters) : List.of();
	}

}
