package io.github.bettersse.actuate;

import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Actuator endpoint {@code ssesessions}: ends single sessions of this node. Thread-safe.
 */
@Endpoint(id = "ssesessions")
public class SseSessionsEndpoint {

	private final SseEngine engine;

	/**
	 * Create an endpoint.
	 * @param engine knows the sessions
	 */
	public SseSessionsEndpoint(SseEngine engine) {
		this.engine = engine;
	}

	/**
	 * Disconnect a session: its client is told not to come back.
	 * @param id the session's id
	 * @return what was done
	 */
	@DeleteOperation
	public Disconnection disconnect(@Selector String id) {
		for (Session<?> session : this.engine.getSessions()) {
			if (session.getId().equals(id)) {
				session.disconnect();
				return new Disconnection(true);
			}
		}
		return new Disconnection(false);
	}

	/**
	 * What was done about a session. Immutable, thread-safe.
	 *
	 * @param found whether there was such a session
	 */
	public record Disconnection(boolean found) implements OperationResponseBody {
	}

}
