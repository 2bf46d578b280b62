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
	 * @return 204, or 404 if there is no such session
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> disconnect(@Selector String id) {
		return new WebEndpointResponse<>(this.delegate.disconnect(id).found() ? WebEndpointResponse.STATUS_NO_CONTENT
				: WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
