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

	private @Nullable Deque<Waiter> waiters;

	private long reached;

	/** Let a future complete, by an executor, when so many frames were handed over. */
	synchronized void add(long frames, CompletableFuture<Void> future, Executor executor) {
		if (this.waiters == null) {
			this.waiters = new ArrayDeque<>(1);
		}
		this.waiters.add(new Waiter(frames, future, executor));
	}

	/** Return whether somebody waits for no more frames than these to be handed over. */
	synchronized boolean isAwaited(long frames) {
		Waiter next = (this.waiters != null) ? this.waiters.peek() : null;
		return next != null && next.frames() <= frames && next.frames() > this.reached;
	}

	/** Note how many frames were handed over. */
	synchronized void reached(long frames) {
		this.reached = frames;
	}

	/** Complete those whose frames were handed over. */
	void completeReached() {
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
		if (this.waiters == null) {
			return List.of();
		}
		List<Waiter> taken = new ArrayList<>();
		while (!this.waiters.isEmpty() && this.waiters.getFirst().frames() <= this.reached) {
			taken.add(this.waiters.removeFirst());
		}
		return taken;
	}

	private synchronized List<Waiter> takeAll() {
		if (this.waiters == null) {
			return List.of();
		}
		List<Waiter> taken = List.copyOf(this.waiters);
		this.waiters = null;
		return taken;
	}

}
