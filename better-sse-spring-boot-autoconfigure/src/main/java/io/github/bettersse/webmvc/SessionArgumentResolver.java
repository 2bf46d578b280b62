package io.github.bettersse.webmvc;

import io.github.bettersse.Session;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.util.Assert;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands the session to the handler of an endpoint.
 */
final class SessionArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Session.class;
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer mavContainer,
			NativeWebRequest webRequest, @Nullable WebDataBinderFactory binderFactory) {
		if (!parameter.hasMethodAnnotation(SseEndpoint.class)) {
			throw new IllegalStateException(
					"%s takes a Session but opens no event stream. Annotate it with @SseEndpoint in place of "
						.formatted(parameter.getExecutable().toGenericString())
							+ "@GetMapping or @RequestMapping, or take the sessions from a Channel.");
		}
		HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
		Assert.state(request != null, "No HttpServletRequest");
		return EndpointCall.get(request).getSession();
	}

}
