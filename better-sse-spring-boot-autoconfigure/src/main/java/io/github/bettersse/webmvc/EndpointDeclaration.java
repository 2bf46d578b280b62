package io.github.bettersse.webmvc;

import java.util.concurrent.CompletionStage;

import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * What a method must look like to be an endpoint.
 */
final class EndpointDeclaration {

	private EndpointDeclaration() {
	}

	/**
	 * Check a method.
	 * @param method the method
	 * @throws IllegalArgumentException if it can be no endpoint, saying what to write
	 * instead
	 */
	static void check(HandlerMethod method) {
		ResolvableType returned = ResolvableType.forMethodParameter(method.getReturnType());
		Class<?> type = returned.toClass();
		if (type != void.class && type != Void.class && type != ResponseEntity.class) {
			throw new IllegalArgumentException("the return type %s is not possible. %s".formatted(returned,
					refusesLate(returned) ? "Return ResponseEntity<Void> itself: a stream is refused before it begins"
							: "Return void and push to a Session<S> parameter what the client is to get, "
									+ "or return ResponseEntity<Void> to refuse the stream"));
		}
		ResponseStatus status = method.getMethodAnnotation(ResponseStatus.class);
		if (status != null && StringUtils.hasText(status.reason())) {
			throw new IllegalArgumentException(
					"the reason of its @ResponseStatus makes every answer an error. Leave the reason out");
		}
	}

	private static boolean refusesLate(ResolvableType returned) {
		return HttpEntity.class.isAssignableFrom(returned.toClass())
				|| HttpEntity.class.isAssignableFrom(returned.as(CompletionStage.class).getGeneric(0).toClass());
	}

}
