package io.github.bettersse.webmvc;

import java.lang.System.Logger.Level;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Looks at what an endpoint returns: nothing accepts the stream, a {@code ResponseEntity}
 * may refuse it, anything else is the source of its items. The interceptor opens what was
 * not refused.
 */
final class EndpointReturnValueHandler implements HandlerMethodReturnValueHandler {

	private static final System.Logger logger = System.getLogger(EndpointReturnValueHandler.class.getName());

	/** Methods that an operator was warned of. */
	private final Set<Executable> late = ConcurrentHashMap.newKeySet();

	private final HandlerMethodReturnValueHandlerComposite others = new HandlerMethodReturnValueHandlerComposite();

	/**
	 * Create a handler to stand before others.
	 * @param others write the answers that refuse a stream
	 */
	EndpointReturnValueHandler(List<HandlerMethodReturnValueHandler> others) {
		this.others.addHandlers(others);
	}

	@Override
	public boolean supportsReturnType(MethodParameter returnType) {
		return returnType.hasMethodAnnotation(SseEndpoint.class);
	}

	@Override
	public void handleReturnValue(@Nullable Object returnValue, MethodParameter returnType,
			ModelAndViewContainer mavContainer, NativeWebRequest webRequest) throws Exception {
		mavContainer.setRequestHandled(true);
		if (returnValue == null) {
			return;
		}
		HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
		HttpServletResponse response = webRequest.getNativeResponse(HttpServletResponse.class);
		Assert.state(request != null && response != null, "No servlet request and response");
		EndpointCall call = EndpointCall.get(request);
		if (!(returnValue instanceof ResponseEntity<?> answer)) {
			call.stream(returnValue);
		}
		else if (answer.getStatusCode().isSameCodeAs(HttpStatus.OK) && !answer.hasBody()) {
			answer.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		}
		else if (call.isCommitted()) {
			Level level = this.late.add(returnType.getExecutable()) ? Level.WARNING : Level.DEBUG;
			logger.log(level, () -> "%s was returned by %s after a push. It is too late: the stream ends."
				.formatted(answer.getStatusCode(), returnType.getExecutable().toGenericString()));
			call.getSession().close();
		}
		else {
			call.refuse(request);
			this.others.handleReturnValue(answer, returnType, mavContainer, webRequest);
		}
	}

}
