package io.github.bettersse.webmvc;

import java.util.function.Consumer;

import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.servlet.ServletSessionFactory;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Event streams as the answers of functional endpoints, opened by the rules of
 * {@link SseEndpoint}: nothing is sent before the consumer of the session has returned or
 * has itself pushed, so that an exception before that gets its ordinary HTTP answer, by
 * {@code onError} of the router too. {@code HEAD}, where it is routed, is answered with
 * the headers; the consumer does not run. Thread-safe.
 *
 * <pre>
 * route().GET("/news", (request) -&gt; SseServerResponse.create(request, this.news::register))
 * </pre>
 *
 * The function must return the response that it creates.
 */
public final class SseServerResponse {

	private SseServerResponse() {
	}

	/**
	 * Create a response whose session has the default options and no state.
	 * @param request the request
	 * @param consumer gets the session, on the request's thread, when the response is
	 * written
	 * @return the response
	 */
	public static ServerResponse create(ServerRequest request, Consumer<Session<Object>> consumer) {
		return create(request, SessionOptions.builder().build(), consumer);
	}

	/**
	 * Create a response.
	 * @param request the request
	 * @param options what differs from the defaults, such as the initial state
	 * @param consumer gets the session, on the request's thread, when the response is
	 * written
	 * @param <S> the type of the session's state
	 * @return the response
	 */
	public static <S> ServerResponse create(ServerRequest request, SessionOptions<S> options,
			Consumer<Session<S>> consumer) {
		ServletSessionFactory sessionFactory = sessionFactory(request.servletRequest());
		return ServerResponse.ok().build((servletRequest, response) -> {
			ShallowEtagHeaderFilter.disableContentCaching(servletRequest);
			if (HttpMethod.HEAD.matches(servletRequest.getMethod())) {
				sessionFactory.sendHead(response, options);
			}
			else {
				open(servletRequest, sessionFactory.prepare(servletRequest, response, options), consumer);
			}
			return null;
		});
	}

	private static ServletSessionFactory sessionFactory(HttpServletRequest request) {
		WebApplicationContext context = RequestContextUtils.findWebApplicationContext(request);
		if (context == null) {
			throw new IllegalStateException("An event stream needs a request that came through a DispatcherServlet.");
		}
		return context.getBean(ServletSessionFactory.class);
	}

	private static <S> void open(HttpServletRequest request, SessionOpening<S> opening, Consumer<Session<S>> consumer) {
		if (!opening.getSession().isConnected()) {
			opening.complete();
			return;
		}
		EndpointCall call = EndpointCall.begin(request, opening);
		try {
			consumer.accept(opening.getSession());
		}
		catch (RuntimeException | Error ex) {
			if (!call.fail(request, ex)) {
				throw ex;
			}
		}
		call.complete();
	}

}
