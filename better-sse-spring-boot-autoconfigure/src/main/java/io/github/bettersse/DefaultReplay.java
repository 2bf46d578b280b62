package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link Replay}. Written in the session's shard.
 */
final class DefaultReplay implements Replay {

	private static final DefaultReplay OF_NOTHING = ended(false);

	private static final DefaultReplay COMPLETE_OF_NOTHING = ended(true);

	private final CompletableFuture<Void> completion = new CompletableFuture<>();

	private final boolean resumable;

	private volatile int eventCount;

	private volatile boolean complete;

	private volatile @Nullable ResetReason resetReason;

	DefaultReplay(boolean resumable) {
		this.resumable = resumable;
	}

	/** Return the replay of nothing, which all sessions share. */
	static DefaultReplay nothing(boolean complete) {
		return complete ? COMPLETE_OF_NOTHING : OF_NOTHING;
	}

	private static DefaultReplay ended(boolean complete) {
		DefaultReplay replay = new DefaultReplay(false);
		replay.complete = complete;
		replay.completion.complete(null);
		return replay;
	}

	/** Return the replay of nothing to a session that has lost events. */
	static DefaultReplay lost(ResetReason reason) {
		DefaultReplay replay = nothing(false);
		replay.reset(reason);
		return replay;
	}

	@Override
	public boolean isResumable() {
		return this.resumable;
	}

	@Override
	public int getEventCount() {
		return this.eventCount;
	}

	void count() {
		this.eventCount = this.eventCount + 1;
	}

	@Override
	public boolean isComplete() {
		return this.complete;
	}

	@Override
	public @Nullable ResetReason getResetReason() {
		return this.resetReason;
	}

	void reset(ResetReason reason) {
		this.resetReason = reason;
	}

	@Override
	public CompletableFuture<Void> completion() {
		return this.completion.copy();
	}

	/** All was queued. */
	void finish(Executor executor) {
		this.complete = this.resetReason == null;
		abandon(executor);
	}

	/** Nothing more will be queued. */
	void abandon(Executor executor) {
		if (!this.completion.isDone()) {
			executor.execute(() -> this.completion.complete(null));
		}
	}

}
