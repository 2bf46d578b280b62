package io.github.bettersse.webmvc;

import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SessionStateFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the interceptor needs to know of an endpoint, read once at start-up.
 *
 * @param options the session options that the annotation and its bean set
 * @param stateFactory creates the initial state if the options have none, {@code null} if
 * nothing does
 * @param returnsSource whether its method returns what is to be streamed
 */
record Endpoint(SessionOptions<Object> options, @Nullable SessionStateFactory<Object> stateFactory,
		boolean returnsSource) {

	/**
	 * Give a session its initial state.
	 * @param session a session that was made with the options
	 */
	void initialize(Session<Object> session) {
		if (this.stateFactory != null && this.options.getState() == null) {
			session.setState(this.stateFactory.create(session.getHandshake()));
		}
	}

}
