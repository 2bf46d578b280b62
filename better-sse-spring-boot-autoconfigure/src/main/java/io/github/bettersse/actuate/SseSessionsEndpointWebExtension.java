package io.github.bettersse.actuate;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers over HTTP with a status. Thread-safe.
 */
@EndpointWebExtension(endpoint = SseSessionsEndpoint.class)
public class SseSessionsEndpointWebExtension {

	private static final int STATUS_ACCEPTED = 202;

	private final SseSessionsEndpoint delegate;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 */
	public SseSessionsEndpointWebExtension(SseSessionsEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Disconnect a session: its client is told not to come back.
	 * @param id the session's id
	 * @return 204 if it was on this node; else 202 if other nodes are told, 404 if there
	 * are none
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> disconnect(@Selector String id) {
		SseSessionsEndpoint.Disconnection done = this.delegate.disconnect(id);
		int otherwise = done.told() ? STATUS_ACCEPTED : WebEndpointResponse.STATUS_NOT_FOUND;
		return new WebEndpointResponse<>(done.found() ? WebEndpointResponse.STATUS_NO_CONTENT : otherwise);
	}

}
