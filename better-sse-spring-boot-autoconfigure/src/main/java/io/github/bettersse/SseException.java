package io.github.bettersse;

import org.jspecify.annotations.Nullable;

import java.io.Serial;

/**
 * Says that an event, a session or the server cannot do what was asked of it. It is
 * thrown for a push to, or the registration of, a session that is not connected, for a
 * value that would break the event stream (such as an event name with a line break), for
 * data that cannot be serialised, and for a broadcast that found no room for
 * {@code better-sse.delivery.max-wait} because the server is saturated. Nothing was sent
 * when it is thrown by a push or a broadcast.
 *
 * <p>
 * A {@code NullPointerException} is thrown instead where {@code null} is given and not
 * allowed.
 */
public class SseException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception without a cause.
	 * @param message what could not be done, and why
	 */
	public SseException(String message) {
		super(message);
	}

	/**
	 * Create an exception with a cause.
	 * @param message what could not be done, and why
	 * @param cause what made it fail
	 */
	public SseException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
