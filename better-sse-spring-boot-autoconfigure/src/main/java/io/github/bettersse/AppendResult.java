package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import io.github.bettersse.eventlog.Position;

/**
 * What comes of an append to the log, as publishers are told.
 */
final class AppendResult {

	private AppendResult() {
	}

	/** Wait until the event is in the log and on its way to the sessions of this node. */
	static void await(CompletableFuture<Position> position) {
		try {
			position.join();
		}
		catch (CompletionException ex) {
			throw new SseException("Cannot broadcast: the event log has not taken the event.", ex.getCause());
		}
	}

	/**
	 * Return the position for somebody whose stages must not run on the log's threads.
	 */
	static CompletableFuture<String> text(CompletableFuture<Position> position, Executor executor) {
		return position.isDone() ? position.thenApply(Position::toString)
				: position.thenApplyAsync(Position::toString, executor);
	}

}
