package io.github.bettersse;

import java.util.concurrent.Executor;

/**
 * Failures of the application's own code: they stop here, harm nobody else, and are
 * logged for whoever has to mend it. Thread-safe.
 */
final class Failures {

	private final Alert ofListeners;

	private final Alert ofFilters;

	private final Alert ofExecutors;

	private final Alert ofConnections;

	Failures(Timer timer) {
		this.ofListeners = new Alert(System.getLogger(SerialExecutor.class.getName()), timer::nanoTime);
		this.ofFilters = new Alert(System.getLogger(ChannelFilter.class.getName()), timer::nanoTime);
		this.ofExecutors = new Alert(System.getLogger(SerialExecutor.class.getName()), timer::nanoTime);
		this.ofConnections = new Alert(System.getLogger(SessionWriter.class.getName()), timer::nanoTime);
	}

	/** Run a listener or the like, whatever it throws. */
	void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.ofListeners.raise(() -> "A listener has failed", ex);
		}
	}

	/** A filter has thrown something for one session. */
	void ofFilter(String channel, Throwable failure) {
		this.ofFilters.raise(() -> "A filter of channel '" + channel
				+ "' has failed; sessions for which it fails do not get the event", failure);
	}

	/** The {@link Executor} of listeners has not taken one. */
	void ofExecutor(Throwable failure) {
		this.ofExecutors.raise(() -> "Listeners run elsewhere: their executor has not taken them", failure);
	}

	/** A connection could not be written to from the start, and not since it broke. */
	void ofConnection(Throwable failure) {
		this.ofConnections.raise(() -> "A stream has ended at once: its connection cannot be written to", failure);
	}

}
