package io.github.bettersse;

/**
 * Why a session ended.
 */
public enum DisconnectReason {

	/** The client went away, or a write to it failed. It sees its own end of it. */
	CLIENT_GONE,

	/**
	 * The server closed the session with {@link Session#close()}, or its endpoint was
	 * done. The client gets all that was queued, then reconnects.
	 */
	CLOSED,

	/**
	 * The server called {@link Session#disconnect()}. The client is told to stay away.
	 */
	DISCONNECTED,

	/**
	 * The session never opened: its handler threw or answered otherwise, or the server
	 * takes no sessions now, or a {@linkplain SseLimits limit} is reached. The client
	 * gets that answer.
	 */
	REFUSED,

	/**
	 * The client read too slowly and its queue was full, as its {@link OverflowStrategy}
	 * says. The connection is cut; the client reconnects.
	 */
	OVERFLOW,

	/**
	 * Nothing could be written for the write time-out. The connection is cut.
	 */
	WRITE_TIMEOUT,

	/** The session reached its greatest age. The client reconnects. */
	LIFETIME,

	/**
	 * The right to the stream was withdrawn: its user has logged out, or the HTTP session
	 * or the token that it was opened with has ended. The client gets all that was
	 * queued, then reconnects, and is answered as anybody who has not logged in.
	 */
	REVOKED,

	/**
	 * The server shuts down. The client is told how long to wait before it reconnects.
	 */
	SHUTDOWN,

	/**
	 * The handler, or the source that it has returned, failed after the stream had begun.
	 * The stream ends without any error text; the client reconnects.
	 */
	ERROR

}
