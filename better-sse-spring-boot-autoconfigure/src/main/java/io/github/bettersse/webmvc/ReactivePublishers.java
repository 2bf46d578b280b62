package io.github.bettersse.webmvc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

import org.springframework.util.ClassUtils;

/**
 * Makes publishers of the JDK of those of Reactive Streams, an optional library: no class
 * of it is touched where it is missing.
 */
final class ReactivePublishers {

	private static final boolean PRESENT = ClassUtils.isPresent("org.reactivestreams.FlowAdapters",
			ReactivePublishers.class.getClassLoader());

	private ReactivePublishers() {
	}

	/**
	 * Return the publisher type.
	 * @return {@code Publisher}, {@code null} where there is none
	 */
	static @Nullable Class<?> type() {
		return PRESENT ? Library.type() : null;
	}

	/**
	 * Adapt a source that is a publisher, or will give one.
	 * @param source any source
	 * @return the source that stands for it
	 */
	static @Nullable Object adapt(@Nullable Object source) {
		if (!PRESENT) {
			return source;
		}
		return (source instanceof CompletionStage<?> stage) ? adapt(stage.toCompletableFuture())
				: Library.adapt(source);
	}

	private static CompletableFuture<Object> adapt(CompletableFuture<?> future) {
		CompletableFuture<Object> adapted = future.thenApply(ReactivePublishers::adapt);
		adapted.whenComplete((value, failure) -> {
			if (adapted.isCancelled()) {
				future.cancel(true);
			}
		});
		return adapted;
	}

	/**
	 * Knows the library.
	 */
	private static final class Library {

		static Class<?> type() {
			return Publisher.class;
		}

		static @Nullable Object adapt(@Nullable Object source) {
			return (source instanceof Publisher<?> publisher) ? FlowAdapters.toFlowPublisher(publisher) : source;
		}

	}

}
