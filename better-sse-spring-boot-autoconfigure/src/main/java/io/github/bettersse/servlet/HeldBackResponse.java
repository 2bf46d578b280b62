package io.github.bettersse.servlet;

import java.io.IOException;

import io.github.bettersse.Handshake;
import io.github.bettersse.ResponseHead;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A response that a filter has wrapped to hold back what is written. No event would reach
 * the client, and all of them would be kept until the stream ends.
 */
final class HeldBackResponse {

	private HeldBackResponse() {
	}

	/**
	 * Answer the request with status 500 if its response is held back.
	 * @param response a response that was flushed
	 * @param head what was sent as its head, to be taken back
	 * @param handshake what the stream was asked for with
	 * @throws IllegalStateException if it is held back, saying what to change
	 */
	static void check(HttpServletResponse response, ResponseHead head, Handshake handshake) throws IOException {
		if (response.isCommitted()) {
			return;
		}
		response.resetBuffer();
		head.headers().keySet().forEach((name) -> response.setHeader(name, null));
		// Where it was prepared for a hand-over.
		response.setHeader("Connection", null);
		response.setContentType(null);
		response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
		throw new IllegalStateException("The response to " + handshake + " is held back by a wrapper (" //
				+ wrappers(response) + "), so that no event would reach the client. Keep the filter that wraps it "
				+ "away from event streams: by the URL patterns of its registration, or by its own condition, such "
				+ "as shouldNotFilter of a OncePerRequestFilter.");
	}

	private static String wrappers(HttpServletResponse response) {
		StringBuilder names = new StringBuilder();
		ServletResponse current = response;
		while (current instanceof ServletResponseWrapper wrapper) {
			names.append(names.isEmpty() ? "" : " around ").append(wrapper.getClass().getName());
			current = wrapper.getResponse();
		}
		return names.toString();
	}

}
