package io.github.bettersse.webmvc;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.reactivex.rxjava3.core.Flowable;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * An endpoint for each type that may be returned. Each gives {@link #ITEMS}, or the first
 * of them where there is one only.
 */
abstract class ReturnedSources {

	static final List<Object> ITEMS = List.of(SseEvent.of("a").name("named").id("1"), SseEvent.of(2).id("2"),
			SseEvent.raw("three").id("3"));

	@SseEndpoint("/iterable")
	Iterable<Object> iterable() {
		return ITEMS::iterator;
	}

	@SseEndpoint("/list")
	List<Object> list() {
		return ITEMS;
	}

	@SseEndpoint("/iterator")
	Iterator<Object> iterator() {
		return ITEMS.iterator();
	}

	@SseEndpoint("/stream")
	Stream<?> stream(Session<?> session) {
		return ITEMS.stream();
	}

	@SseEndpoint("/publisher")
	Publisher<Object> publisher() {
		return Flux.fromIterable(ITEMS);
	}

	@SseEndpoint("/flux")
	Flux<Object> flux() {
		return Flux.fromIterable(ITEMS);
	}

	@SseEndpoint("/flowable")
	Flowable<Object> flowable() {
		return Flowable.fromIterable(ITEMS);
	}

	@SseEndpoint("/flow-publisher")
	Flow.Publisher<Object> flowPublisher() {
		return FlowAdapters.toFlowPublisher(Flux.fromIterable(ITEMS));
	}

	@SseEndpoint("/stage-of-list")
	CompletionStage<List<Object>> stageOfList() {
		return CompletableFuture.completedFuture(ITEMS);
	}

	@SseEndpoint("/later-stage-of-stream")
	CompletableFuture<Stream<Object>> laterStageOfStream() {
		return CompletableFuture.supplyAsync(ITEMS::stream);
	}

	@SseEndpoint("/stage-of-flux")
	CompletionStage<Flux<Object>> stageOfFlux() {
		return CompletableFuture.completedFuture(flux());
	}

	@SseEndpoint("/later-stage-of-flux")
	CompletionStage<Flux<Object>> laterStageOfFlux() {
		return CompletableFuture.supplyAsync(this::flux);
	}

	@SseEndpoint("/stage-of-flow-publisher")
	CompletionStage<Flow.Publisher<Object>> stageOfFlowPublisher() {
		return CompletableFuture.completedFuture(flowPublisher());
	}

	@SseEndpoint("/mono")
	Mono<Object> mono() {
		return Mono.just(ITEMS.get(0));
	}

	@SseEndpoint("/stage-of-item")
	CompletionStage<Object> stageOfItem() {
		return CompletableFuture.completedFuture(ITEMS.get(0));
	}

	@SseEndpoint("/later-stage-of-item")
	CompletionStage<Object> laterStageOfItem() {
		return CompletableFuture.supplyAsync(() -> ITEMS.get(0));
	}

	@SseEndpoint("/empty-list")
	List<Object> emptyList() {
		return List.of();
	}

	@SseEndpoint("/empty-mono")
	Mono<Object> emptyMono() {
		return Mono.empty();
	}

	@SseEndpoint("/stage-of-nothing")
	CompletionStage<@Nullable Void> stageOfNothing() {
		return CompletableFuture.supplyAsync(() -> null);
	}

	@SseEndpoint("/null-list")
	@Nullable List<Object> nullList() {
		return null;
	}

	@SseEndpoint("/null-flux")
	@Nullable Flux<Object> nullFlux(HttpServletResponse response) {
		return null;
	}

	@SseEndpoint("/null-stage")
	@ResponseStatus(HttpStatus.OK)
	@Nullable CompletionStage<Object> nullStage() {
		return null;
	}

}
