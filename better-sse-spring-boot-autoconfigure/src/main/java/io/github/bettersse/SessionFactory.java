package io.github.bettersse;

/**
 * Opens sessions on connections of any kind. Thread-safe.
 */
public interface SessionFactory {

	/**
	 * Open a session at once: the head and the preamble are sent on the calling thread,
	 * blocking; from then on the session is asynchronous.
	 * @param connection a connection on which nothing was sent yet
	 * @param options what differs from the defaults
	 * @param <S> the type of the session's state
	 * @return the session; it is {@linkplain DisconnectReason#REFUSED ended} if the
	 * server takes no sessions now or a {@linkplain SseLimits limit} is reached, and
	 * {@linkplain DisconnectReason#CLIENT_GONE ended} if the client has gone meanwhile
	 */
	default <S> Session<S> open(Connection connection, SessionOptions<S> options) {
		SessionOpening<S> opening = prepare(connection, options);
		opening.complete();
		return opening.getSession();
	}

	/**
	 * Prepare a session whose handler is about to run on the calling thread. Nothing is
	 * sent before the handler pushes or {@link SessionOpening#complete()} is called.
	 * @param connection a connection on which nothing was sent yet
	 * @param options what differs from the defaults
	 * @param <S> the type of the session's state
	 * @return the opening; its session has {@linkplain DisconnectReason#REFUSED ended}
	 * and the client was answered if the server takes no sessions now or a
	 * {@linkplain SseLimits limit} is reached
	 */
	<S> SessionOpening<S> prepare(Connection connection, SessionOptions<S> options);

	/**
	 * Return the head that a session would have, without a session: to answer
	 * {@code HEAD}.
	 * @param options what differs from the defaults
	 * @return the head
	 */
	ResponseHead getHead(SessionOptions<?> options);

}
