package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The part of {@link EngineRecorder} for one channel, by the same rules. Every method
 * does nothing unless it is overridden.
 */
public interface ChannelRecorder {

	/**
	 * An event is broadcast on this node.
	 * @param append appends it to the log; has to be called once, on the calling thread
	 * @param <T> the type of the position
	 * @return what that returns
	 */
	default <T> CompletableFuture<T> broadcast(Supplier<CompletableFuture<T>> append) {
		return append.get();
	}

	/**
	 * The log hands over an event that there are sessions for on this node. Where the log
	 * is in memory that is within {@link #broadcast}.
	 * @return to be run when all sessions were offered the event
	 */
	default Runnable delivering() {
		return DisabledRecorder.INSTANCE;
	}

	/**
	 * A client that came back got what it had missed, without a loss.
	 * @param events how many events that were
	 */
	default void resumed(int events) {
	}

	/**
	 * A client was told that events are lost.
	 * @param reason why, as the client is told it
	 */
	default void reset(String reason) {
	}

	/**
	 * Return a recorder that records nothing.
	 * @return the recorder
	 */
	static ChannelRecorder disabled() {
		return DisabledRecorder.INSTANCE;
	}

}
