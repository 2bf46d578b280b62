package io.github.bettersse;

import java.io.IOException;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Sends what every stream begins with, in the blocking phase of its connection.
 */
final class StreamHead {

	private StreamHead() {
	}

	/**
	 * Send the head and the preamble, and wait until they are out.
	 * @param preamble goes out with the head, if there is one
	 * @throws IOException if the client has gone
	 */
	static void send(Connection connection, ResponseHead head, @Nullable Frame preamble) throws IOException {
		connection.open(head);
		if (preamble != null) {
			requireReady(connection);
			connection.write(preamble);
		}
		requireReady(connection);
		connection.flush();
	}

	private static void requireReady(Connection connection) throws IOException {
		if (!connection.isReady()) {
			throw new IOException("The connection is not ready although it may block");
		}
	}

}
