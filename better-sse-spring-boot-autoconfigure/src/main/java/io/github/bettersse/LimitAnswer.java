package io.github.bettersse;

/**
 * What a client is told whose session would be beyond a {@linkplain SseLimits limit}.
 */
public enum LimitAnswer {

	/**
	 * A stream, of status 200, that ends at once and says when to come back. The client
	 * waits that long, with a random part, and tries again: an {@code EventSource} takes
	 * any other status for final.
	 */
	RETRY_LATER,

	/**
	 * An answer without a body: status 503 if there are too many sessions in all, 429 if
	 * there are too many of one user or address or too many connects in a second, with a
	 * {@code Retry-After}. An {@code EventSource} gives up; other clients and proxies
	 * understand it.
	 */
	REJECT

}
