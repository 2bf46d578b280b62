package io.github.bettersse.webmvc;

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
		EndpointCall call = EndpointCall.find(request);
		if (call != null) {
			return call.fail(request, ex) ? new ModelAndView() : null;
		}
		if (this.endpoints.find(handler) != null) {
			EndpointCall.expectOrdinaryAnswer(request);
		}
		return null;
	}

}
