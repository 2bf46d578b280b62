package io.github.bettersse.test;

import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;

/**
 * A session without a server, and what its client gets. While the handler of the test
 * runs, it is not open yet, exactly as in an endpoint: call the handler, then
 * {@link #complete()}. Thread-safe, but for {@link #complete()} and {@link #refuse()},
 * which are for the thread that has prepared it.
 *
 * @param <S> the type of the session's state
 */
public final class TestSession<S> extends EventStream {

	private final SessionOpening<S> opening;

	private final RecordingConnection connection;

	TestSession(SessionOpening<S> opening, RecordingConnection connection) {
		super(connection.recorder(), DEFAULT_TIMEOUT);
		this.opening = opening;
		this.connection = connection;
	}

	/**
	 * Return the session, to give to the code under test.
	 * @return the session
	 */
	public Session<S> getSession() {
		return this.opening.getSession();
	}

	/**
	 * Return the connection, to let its client stall or vanish.
	 * @return the connection
	 */
	public RecordingConnection getConnection() {
		return this.connection;
	}

	/**
	 * Open the session, as when a handler has returned. Does nothing if it is open.
	 * @return this
	 */
	public TestSession<S> complete() {
		this.opening.complete();
		return this;
	}

	/** Refuse the session, as when a handler has thrown. */
	public void refuse() {
		this.opening.refuse();
	}

}
