package io.github.bettersse;

import java.util.concurrent.CompletableFuture;

import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * What one session gets of one channel's history when it registers. Thread-safe; no
 * method blocks.
 */
public interface Replay {

	/**
	 * Return whether the client came with a last event id from which everything that it
	 * missed in this channel was retained when it registered.
	 * @return false for a newcomer, and where history is lost or not kept
	 */
	boolean isResumable();

	/**
	 * Return how many events of the channel's history were sent so far. Final when
	 * {@link #completion()} completes.
	 * @return the number of events that passed all filters
	 */
	int getEventCount();

	/**
	 * Return whether the client has got everything that it asked for. Final when
	 * {@link #completion()} completes.
	 * @return false if it was reset, if the session ended or was deregistered before, or
	 * if it resumes with a channel that keeps no history; false before the end
	 */
	boolean isComplete();

	/**
	 * Return why the client was told by a {@code stream-reset} event that events are
	 * lost. Final when {@link #completion()} completes.
	 * @return the reason, {@code null} if it was not
	 */
	@Nullable ResetReason getResetReason();

	/**
	 * Return the end of the replay: all of it was queued for the client, and live events
	 * follow, or there is nothing more to come because the session has ended or was
	 * deregistered.
	 * @return never completes exceptionally; dependent stages run on the library's task
	 * executor
	 */
	CompletableFuture<Void> completion();

}
