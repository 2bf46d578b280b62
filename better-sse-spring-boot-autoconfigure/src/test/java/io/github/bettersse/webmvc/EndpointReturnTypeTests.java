package io.github.bettersse.webmvc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.bettersse.event.SseEvent;
import io.reactivex.rxjava3.core.Flowable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which types an endpoint may return, and what is said of others.
 */
class EndpointReturnTypeTests {

	@ParameterizedTest
	@ValueSource(classes = { Accepting.class, Streaming.class })
	void isPossible(Class<?> type) {
		assertThat(methods(type)).isNotEmpty().allSatisfy((method) -> {
			EndpointDeclaration.check(method);
			assertThat(EndpointDeclaration.returnsSource(method)).isEqualTo(type == Streaming.class);
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { PushInstead.class, RefuseEarly.class, RefuseWithoutBody.class, NoEmitter.class,
			Deferred.class, SpringEvents.class })
	void isNotPossible(Class<?> type) throws ReflectiveOperationException {
		String instead = (String) type.getDeclaredField("INSTEAD").get(null);
		assertThat(methods(type)).isNotEmpty()
			.allSatisfy(
					(method) -> assertThatIllegalArgumentException().isThrownBy(() -> EndpointDeclaration.check(method))
						.withMessage("the return type %s is not possible. %s",
								method.getMethod().getGenericReturnType().getTypeName(), instead));
	}

	private static List<HandlerMethod> methods(Class<?> type) {
		return Stream.of(type.getDeclaredMethods())
			.filter((method) -> !method.isSynthetic())
			.map((method) -> new HandlerMethod(new Object(), method))
			.toList();
	}

	interface Accepting {

		void nothing();

		@Nullable Void boxed();

		ResponseEntity<Void> entity();

		ResponseEntity<?> anyEntity();

		@SuppressWarnings("rawtypes")
		ResponseEntity rawEntity();

	}

	interface Streaming {

		Iterable<String> iterable();

		List<List<String>> list();

		ArrayList<String> arrayList();

		Iterator<String> iterator();

		Stream<?> stream();

		@SuppressWarnings("rawtypes")
		Stream rawStream();

		Flow.Publisher<SseEvent> flowPublisher();

		SubmissionPublisher<SseEvent> submissionPublisher();

		Publisher<String> publisher();

		Flux<String> flux();

		Mono<String> mono();

		Flowable<String> flowable();

		CompletionStage<String> stage();

		CompletionStage<?> anyStage();

		CompletableFuture<Void> future();

		CompletionStage<List<String>> stageOfList();

		CompletionStage<Flux<String>> stageOfFlux();

	}

	interface PushInstead {

		String INSTEAD = "Return void and push to a Session<S> parameter what the client is to get; "
				+ "or return an Iterable, Iterator, Stream, Publisher, Flow.Publisher or CompletionStage of it; "
				+ "or ResponseEntity<Void> to refuse the stream";

		String text();

		Object object();

		SseEvent event();

		Map<String, String> map();

		String[] array();

		IntStream intStream();

		HttpEntity<Void> httpEntity();

		ModelAndView modelAndView();

		StreamingResponseBody streamingBody();

	}

	interface RefuseEarly {

		String INSTEAD = "Return ResponseEntity<Void> itself: a stream is refused before it begins";

		CompletionStage<ResponseEntity<Void>> stage();

		CompletableFuture<HttpEntity<String>> future();

		CompletionStage<Mono<ResponseEntity<?>>> stageOfMono();

		Mono<ResponseEntity<Void>> mono();

		Flux<ResponseEntity<String>> flux();

		List<ResponseEntity<String>> list();

	}

	interface RefuseWithoutBody {

		String INSTEAD = "Return ResponseEntity<Void> to refuse the stream, "
				+ "or what is to be streamed without a ResponseEntity around it";

		ResponseEntity<String> text();

		ResponseEntity<Object> object();

		ResponseEntity<Flux<String>> flux();

		ResponseEntity<List<String>> list();

		ResponseEntity<SseEmitter> emitter();

	}

	interface NoEmitter {

		String INSTEAD = "Return void and push to a Session<S> parameter what the emitter would send";

		SseEmitter sseEmitter();

		ResponseBodyEmitter emitter();

	}

	interface Deferred {

		String INSTEAD = "Return a CompletionStage in its place";

		Callable<String> callable();

		DeferredResult<String> deferredResult();

		WebAsyncTask<String> asyncTask();

	}

	interface SpringEvents {

		String INSTEAD = "Give items of the type io.github.bettersse.event.SseEvent";

		Flux<ServerSentEvent<String>> flux();

		CompletionStage<ServerSentEvent<?>> stage();

	}

}
