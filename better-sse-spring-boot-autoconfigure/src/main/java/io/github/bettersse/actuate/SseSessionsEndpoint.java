package io.github.bettersse.actuate;

import io.github.bettersse.SseEngine;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Actuator endpoint {@code ssesessions}: ends single sessions, on whatever node they are.
 * Thread-safe.
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
		boolean found = this.engine.getSessions().stream().anyMatch((session) -> session.getId().equals(id));
		this.engine.disconnect(id);
		return new Disconnection(found, this.engine.isShared());
	}

	/**
	 * What was done about a session. Immutable, thread-safe.
	 *
	 * @param found whether there was such a session on this node
	 * @param told whether other nodes are told, which may have it
	 */
	public record Disconnection(boolean found, boolean told) implements OperationResponseBody {
	}

}
