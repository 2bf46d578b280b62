package io.github.bettersse.servlet;

import io.github.bettersse.Session;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Hears of each session while its request is still at hand. Thread-safe.
 */
@FunctionalInterface
public interface ServletSessionListener {

	/**
	 * A session is about to open. Called on the request's thread, before the handler and
	 * before anything is sent. An exception refuses the session and gets its ordinary
	 * HTTP answer.
	 * @param request the request, which must not be kept
	 * @param session the session
	 */
	void onOpening(HttpServletRequest request, Session<?> session);

}
