package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future that completes behind the listeners of a session. One of those that waited for
 * it would wait for ever: it fails instead. Thread-safe. Futures that depend on this one
 * are ordinary ones.
 */
final class SessionFuture extends CompletableFuture<Void> {

	private final SerialExecutor executor;

	/**
	 * Create a future.
	 * @param executor completes it
	 */
	SessionFuture(SerialExecutor executor) {
		this.executor = executor;
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	@Override
	public Void join() {
		requireOther();
		return super.join();
	}

	@Override
	public Void get() throws InterruptedException, ExecutionException {
		requireOther();
		return super.get();
	}

	@Override
	public Void get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		requireOther();
		return super.get(timeout, unit);
	}

	private void requireOther() {
		if (!isDone() && this.executor.isCurrent()) {
			throw new IllegalStateException("A listener waits for something of its own session, which would come "
					+ "only after it: listeners of one session run one after the other. Go on with thenRun, "
					+ "thenAccept or whenComplete of the future, not with join or get.");
		}
	}

}
