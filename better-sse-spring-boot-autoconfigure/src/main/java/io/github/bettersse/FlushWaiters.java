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

	private record Waiter(long frames, CompletableFuture<Void> future) {
	}

	private @Nullable Deque<Waiter> waiters;

	private long reached;

	/** Let a future complete when so many frames were handed over. */
	synchronized void add(long frames, CompletableFuture<Void> future) {
		if (this.waiters == null) {
			this.waiters = new ArrayDeque<>(1);
		}
		this.waiters.add(new Waiter(frames, future));
	}

	/** Note how many frames were handed over. */
	synchronized void reached(long frames) {
		this.reached = frames;
	}

	/** Complete those whose frames were handed over. */
	void completeReached(Executor executor) {
		for (CompletableFuture<Void> future : takeReached()) {
			executor.execute(() -> future.complete(null));
		}
	}

	/** The session has ended: fail those that are left. */
	void fail(Executor executor, @Nullable Throwable cause) {
		completeReached(executor);
		for (CompletableFuture<Void> future : takeAll()) {
			executor.execute(() -> future
				.completeExceptionally(new SseException("The session ended before all was sent.", cause)));
		}
	}

	private synchronized List<CompletableFuture<Void>> takeReached() {
		if (this.waiters == null) {
			return List.of();
		}
		List<CompletableFuture<Void>> taken = new ArrayList<>();
		while (!this.waiters.isEmpty() && this.waiters.getFirst().frames() <= this.reached) {
			taken.add(this.waiters.removeFirst().future());
		}
		return taken;
	}

	private synchronized List<CompletableFuture<Void>> takeAll() {
		if (this.waiters == null) {
			return List.of();
		}
		List<CompletableFuture<Void>> taken = this.waiters.stream().map(Waiter::future).toList();
		this.waiters = null;
		return taken;
	}

}
