package io.github.bettersse;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a test has planned to happen within the calls of a connection. Thread-safe.
 */
abstract class ConnectionScript {

	/** What can be called. */
	enum Call {

		OPEN, START, IS_READY, WRITE, FLUSH, CLOSE, ABORT

	}

	/** What happens within a call, such as failing it. */
	@FunctionalInterface
	interface Action {

		void run() throws IOException;

	}

	private final Map<Call, Deque<Action>> actions = new EnumMap<>(Call.class);

	private @Nullable Throwable failure;

	/** Do something within the next such call that has nothing to do yet. */
	final synchronized void during(Call call, Action action) {
		this.actions.computeIfAbsent(call, (absent) -> new ArrayDeque<>()).add(action);
	}

	/** Hold whoever makes the next such call. */
	final Gate hold(Call call) {
		Gate gate = new Gate();
		during(call, gate::pass);
		return gate;
	}

	/** Fail the next such call. */
	final <T extends Throwable> T fail(Call call, T failure) {
		during(call, () -> {
			if (failure instanceof IOException broken) {
				throw broken;
			}
			if (failure instanceof Error error) {
				throw error;
			}
			throw (RuntimeException) failure;
		});
		return failure;
	}

	/** Do what was planned, if anything was. */
	final void act(Call call) throws IOException {
		Action action = next(call);
		if (action != null) {
			try {
				action.run();
			}
			catch (IOException | RuntimeException | Error ex) {
				failed(ex);
				throw ex;
			}
		}
	}

	private synchronized @Nullable Action next(Call call) {
		Deque<Action> planned = this.actions.get(call);
		return (planned != null) ? planned.poll() : null;
	}

	private synchronized void failed(Throwable failure) {
		this.failure = failure;
	}

	/** Return what the last call that failed has thrown. */
	final synchronized @Nullable Throwable failure() {
		return this.failure;
	}

}
