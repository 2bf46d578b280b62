package io.github.bettersse.webmvc;

import java.lang.System.Logger.Level;

import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SseException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerMapping;

/**
 * One request to an endpoint, kept in a request attribute from the interceptor's
 * {@code preHandle} on.
 */
final class EndpointCall {

	private static final System.Logger logger = System.getLogger(EndpointCall.class.getName());

	private static final String ATTRIBUTE = EndpointCall.class.getName();

	private static final String ORDINARY_ANSWER = ATTRIBUTE + ".ordinaryAnswer";

	private final SessionOpening<?> opening;

	private boolean ended;

	private EndpointCall(SessionOpening<?> opening) {
		this.opening = opening;
	}

	static EndpointCall begin(HttpServletRequest request, SessionOpening<?> opening) {
		EndpointCall call = new EndpointCall(opening);
		request.setAttribute(ATTRIBUTE, call);
		return call;
	}

	static @Nullable EndpointCall find(HttpServletRequest request) {
		return (EndpointCall) request.getAttribute(ATTRIBUTE);
	}

	/** Return the call of a request whose interceptor must have run. */
	static EndpointCall get(HttpServletRequest request) {
		EndpointCall call = find(request);
		if (call == null) {
			throw new IllegalStateException("No session was prepared for " + request.getRequestURI()
					+ ". Does its handler mapping have the interceptors of the WebMvcConfigurer beans?");
		}
		return call;
	}

	/**
	 * From now on the client gets an ordinary answer, which may have another content type
	 * than an event stream.
	 */
	static void expectOrdinaryAnswer(HttpServletRequest request) {
		request.removeAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
		request.setAttribute(ORDINARY_ANSWER, true);
	}

	static boolean isOrdinaryAnswerExpected(HttpServletRequest request) {
		return request.getAttribute(ORDINARY_ANSWER) != null;
	}

	Session<?> getSession() {
		return this.opening.getSession();
	}

	/** Whether the stream has begun, of a call that was not refused. */
	boolean isCommitted() {
		return this.opening.isCommitted();
	}

	/** The handler accepts: the session goes on without it. */
	void complete() {
		this.ended = true;
		this.opening.complete();
	}

	/**
	 * The handler has returned a source: the session streams it and ends.
	 * @throws Exception what the source has failed with before its first item, as if the
	 * handler had thrown it
	 */
	void stream(@Nullable Object source) throws Exception {
		this.opening.stream(ReactivePublishers.adapt(source));
		this.ended = true;
	}

	/** Nothing was sent: the client gets an ordinary answer instead of the stream. */
	void refuse(HttpServletRequest request) {
		expectOrdinaryAnswer(request);
		this.ended = true;
		this.opening.refuse();
	}

	/**
	 * The handler, or somebody after it, has failed.
	 * @return whether the client was answered by the stream, which has ended; else it
	 * gets an ordinary answer
	 */
	boolean fail(HttpServletRequest request, Throwable failure) {
		if (isOrdinaryAnswerExpected(request)) {
			return false;
		}
		if (failure instanceof SseException && !getSession().isConnected()) {
			// Its own session has ended under the handler: no error, the client gets what
			// was last said to it, such as when to come back after a shutdown.
			logger.log(Level.DEBUG, "A handler stopped at the end of its session", failure);
			complete();
			return true;
		}
		boolean committed = isCommitted();
		if (!committed) {
			expectOrdinaryAnswer(request);
		}
		fail(failure);
		if (committed && getSession().isConnected()) {
			logger.log(Level.ERROR, "An interceptor failed after the stream had opened, which ends it", failure);
			getSession().close();
		}
		return committed;
	}

	private void fail(Throwable failure) {
		this.ended = true;
		this.opening.fail(failure);
	}

	/** The request is over: whatever has not come to an end ends now. */
	void end(@Nullable Throwable failure) {
		if (!this.ended) {
			fail((failure != null) ? failure : new IllegalStateException("The request has ended without an answer"));
		}
	}

}
