package io.github.bettersse.webmvc;

import java.io.IOException;

import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.servlet.ServletSessionFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Prepares a session before the handler of an endpoint, and opens it when the handler has
 * returned. It stands last, so that what other interceptors refuse opens nothing, and so
 * that no other runs between the handler and the opening.
 */
final class EndpointInterceptor implements HandlerInterceptor {

	private final EndpointRegistry endpoints;

	private final ServletSessionFactory sessionFactory;

	EndpointInterceptor(EndpointRegistry endpoints, ServletSessionFactory sessionFactory) {
		this.endpoints = endpoints;
		this.sessionFactory = sessionFactory;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		Endpoint endpoint = this.endpoints.find(handler);
		if (endpoint == null) {
			return true;
		}
		ShallowEtagHeaderFilter.disableContentCaching(request);
		if (HttpMethod.HEAD.matches(request.getMethod())) {
			this.sessionFactory.sendHead(response, endpoint.options());
			return false;
		}
		SessionOpening<Object> opening = this.sessionFactory.prepare(request, response, endpoint.options());
		Session<Object> session = opening.getSession();
		if (!session.isConnected()) {
			// Also if the server has begun to stop just now.
			opening.complete();
			return false;
		}
		EndpointCall call = EndpointCall.begin(request, opening);
		try {
			endpoint.initialize(session);
		}
		catch (RuntimeException | Error ex) {
			call.refuse(request);
			throw ex;
		}
		return true;
	}

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView modelAndView) throws Exception {
		EndpointCall call = EndpointCall.find(request);
		if (call == null || EndpointCall.isOrdinaryAnswerExpected(request)) {
			return;
		}
		if (response.isCommitted() && !call.isCommitted()) {
			// The handler has answered by itself, for instance with sendError.
			call.refuse(request);
			return;
		}
		if (returnsSource(handler)) {
			// Unless it is streamed already: Spring MVC hands no null to its handlers.
			call.stream(null);
		}
		call.complete();
	}

	private boolean returnsSource(Object handler) {
		Endpoint endpoint = this.endpoints.find(handler);
		return endpoint != null && endpoint.returnsSource();
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception ex) {
		EndpointCall call = EndpointCall.find(request);
		if (call != null) {
			call.end(ex);
		}
	}

}
