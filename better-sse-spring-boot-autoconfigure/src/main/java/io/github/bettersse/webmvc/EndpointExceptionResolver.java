package io.github.bettersse.webmvc;

import java.lang.System.Logger.Level;

import io.github.bettersse.SseException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Keeps exceptions away from the other resolvers once a stream has begun. Before that it
 * leaves them to the others, and lets their answers have another content type than an
 * event stream.
 */
final class EndpointExceptionResolver implements HandlerExceptionResolver, Ordered {

	private static final System.Logger logger = System.getLogger(EndpointExceptionResolver.class.getName());

	private final EndpointRegistry endpoints;

	EndpointExceptionResolver(EndpointRegistry endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		if (this.endpoints.find(handler) == null) {
			return null;
		}
		EndpointCall call = EndpointCall.find(request);
		if (call == null || EndpointCall.isOrdinaryAnswerExpected(request)) {
			EndpointCall.expectOrdinaryAnswer(request);
			return null;
		}
		if (ex instanceof SseException && !call.getSession().isConnected()) {
			// Its own session has ended under the handler: no error, the client gets what
			// was last said to it, such as when to come back after a shutdown.
			logger.log(Level.DEBUG, "A handler stopped at the end of its session", ex);
			call.complete();
			return new ModelAndView();
		}
		if (!call.isCommitted()) {
			EndpointCall.expectOrdinaryAnswer(request);
			call.fail(ex);
			return null;
		}
		call.fail(ex);
		if (call.getSession().isConnected()) {
			logger.log(Level.ERROR, "An interceptor failed after the stream had opened, which ends it", ex);
			call.getSession().close();
		}
		return new ModelAndView();
	}

}
