package io.github.bettersse.webmvc;

import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SessionStateFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the interceptor needs to know of an endpoint, read once at start-up.
 *
 * @param options the session options that the annotation and its bean set
 * @param stateFactory creates the initial state, {@code null} if nothing does
 * @param ownState whether the options may bring a state, which goes before the factory
 */
record Endpoint(SessionOptions<Object> options, @Nullable SessionStateFactory<Object> stateFactory, boolean ownState) {

	/**
	 * Give a session its initial state.
	 * @param session a session that was made with the options
	 */
	void initialize(Session<Object> session) {
		if (this.stateFactory != null && !(this.ownState && hasState(session))) {
			session.setState(this.stateFactory.create(session.getHandshake()));
		}
	}

	private static boolean hasState(Session<?> session) {
		try {
			session.getState();
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

}
