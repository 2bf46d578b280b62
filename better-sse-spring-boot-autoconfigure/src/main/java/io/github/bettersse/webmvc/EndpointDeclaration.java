package io.github.bettersse.webmvc;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.github.bettersse.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * What a method must look like to be an endpoint.
 */
final class EndpointDeclaration {

	private static final String PUSH = "Return void and push to a Session<S> parameter what the client is to get; "
			+ "or return an Iterable, Iterator, Stream, Publisher, Flow.Publisher or CompletionStage of it; "
			+ "or ResponseEntity<Void> to refuse the stream";

	private static final String REFUSE_EARLY = "Return ResponseEntity<Void> itself: a stream is refused before it begins";

	private static final String REFUSE_WITHOUT_BODY = "Return ResponseEntity<Void> to refuse the stream, "
			+ "or what is to be streamed without a ResponseEntity around it";

	private static final String NO_EMITTER = "Return void and push to a Session<S> parameter what the emitter would send";

	private static final String NO_DEFERRED_RESULT = "Return a CompletionStage in its place";

	private static final String NO_SPRING_EVENT = "Give items of the type io.github.bettersse.event.SseEvent";

	private static final List<Class<?>> DEFERRED = List.of(DeferredResult.class, Callable.class, WebAsyncTask.class);

	/** What gives items, one after the other. */
	private static final List<Class<?>> SOURCES = List.of(Iterable.class, Iterator.class, Stream.class,
			Flow.Publisher.class);

	private EndpointDeclaration() {
	}

	/**
	 * Check a method.
	 * @param method the method
	 * @throws IllegalArgumentException if it can be no endpoint, saying what to write
	 * instead
	 */
	static void check(HandlerMethod method) {
		ResolvableType returned = returned(method);
		String instead = accepts(returned) ? null : insteadOf(returned);
		if (instead != null) {
			throw new IllegalArgumentException("the return type %s is not possible. %s".formatted(returned, instead));
		}
		ResponseStatus status = method.getMethodAnnotation(ResponseStatus.class);
		if (status != null && StringUtils.hasText(status.reason())) {
			throw new IllegalArgumentException(
					"the reason of its @ResponseStatus makes every answer an error. Leave the reason out");
		}
	}

	/**
	 * Check the initial state of a method's sessions.
	 * @param method the method
	 * @param state the state that its options set, {@code null} if they set none
	 * @throws IllegalArgumentException if the method takes a session with another state
	 */
	static void checkState(HandlerMethod method, @Nullable Object state) {
		for (MethodParameter parameter : method.getMethodParameters()) {
			ResolvableType type = ResolvableType.forMethodParameter(parameter);
			if (state != null && type.toClass() == Session.class && !type.getGeneric(0).toClass().isInstance(state)) {
				throw new IllegalArgumentException("options: their state is a %s, but the method takes a %s. "
					.formatted(state.getClass().getName(), type) + "Make the types the same");
			}
		}
	}

	/**
	 * Return whether a method returns what is to be streamed.
	 * @param method a method that was checked
	 * @return false if it returns nothing or a {@code ResponseEntity}
	 */
	static boolean returnsSource(HandlerMethod method) {
		ResolvableType returned = returned(method);
		return !accepts(returned) && returned.toClass() != ResponseEntity.class;
	}

	private static ResolvableType returned(HandlerMethod method) {
		return ResolvableType.forMethodParameter(method.getReturnType());
	}

	private static boolean accepts(ResolvableType returned) {
		return returned.toClass() == void.class || returned.toClass() == Void.class;
	}

	/** Return what to write instead of a type, {@code null} if it is possible. */
	private static @Nullable String insteadOf(ResolvableType returned) {
		Class<?> type = returned.toClass();
		if (type == ResponseEntity.class) {
			Class<?> body = returned.getGeneric(0).resolve(Void.class);
			return (body != Void.class) ? REFUSE_WITHOUT_BODY : null;
		}
		if (CompletionStage.class.isAssignableFrom(type)) {
			return insteadOfPromised(returned.as(CompletionStage.class).getGeneric(0));
		}
		ResolvableType source = source(returned);
		if (source != null) {
			return insteadOfItem(source.getGeneric(0));
		}
		if (ResponseBodyEmitter.class.isAssignableFrom(type)) {
			return NO_EMITTER;
		}
		return DEFERRED.stream().anyMatch((deferred) -> deferred.isAssignableFrom(type)) ? NO_DEFERRED_RESULT : PUSH;
	}

	private static @Nullable String insteadOfPromised(ResolvableType promised) {
		ResolvableType source = source(promised);
		return insteadOfItem((source != null) ? source.getGeneric(0) : promised);
	}

	private static @Nullable String insteadOfItem(ResolvableType item) {
		if (HttpEntity.class.isAssignableFrom(item.toClass())) {
			return REFUSE_EARLY;
		}
		return ServerSentEvent.class.isAssignableFrom(item.toClass()) ? NO_SPRING_EVENT : null;
	}

	private static @Nullable ResolvableType source(ResolvableType type) {
		for (Class<?> source : SOURCES) {
			if (source.isAssignableFrom(type.toClass())) {
				return type.as(source);
			}
		}
		Class<?> publisher = ReactivePublishers.type();
		return (publisher != null && publisher.isAssignableFrom(type.toClass())) ? type.as(publisher) : null;
	}

}
