package io.github.bettersse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session and the connection that it writes to.
 *
 * @param opening the opening of the session
 * @param connection the connection
 */
record TestClient<S>(SessionOpening<S> opening, RecordingConnection connection) {

	Session<S> session() {
		return this.opening.getSession();
	}

	/** Return all that the client has got so far. */
	String received() {
		return this.connection.received();
	}

	/** Wait until the client has got this, and check that it has got nothing else. */
	void awaitReceived(String expected) {
		TestEngine.await().untilAsserted(() -> assertThat(received()).isEqualTo(expected));
	}

}
