package io.github.bettersse;

/**
 * How a client has gone, as far as the server is told. What it is told of is the
 * connection that it sees: behind a proxy that of the proxy.
 */
public enum Departure {

	/**
	 * The client is still there, or it was the server that ended the session.
	 */
	NONE,

	/**
	 * The client has closed its connection: a tab was closed, a page was left, a program
	 * has ended or closed its stream. It comes back only if somebody wants it to.
	 */
	LEFT,

	/**
	 * The client has not said that it goes: its connection was reset, or nothing got
	 * through any more for the write time-out. Often its network is gone, and it comes
	 * back when it has one again. But a client that goes while events are on their way to
	 * it may reset its connection too.
	 */
	LOST,

	/**
	 * The server is not told: all it knows is that a write has failed. So it is with an
	 * asynchronous request, and where a write comes before the news.
	 */
	UNKNOWN

}
