package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A publisher that emits what it was given, synchronously and only on demand, and counts
 * what its one subscriber does.
 */
final class TestPublisher implements Flow.Publisher<Object>, Flow.Subscription {

	private final Deque<Object> items = new ArrayDeque<>();

	private final List<Long> requests = Collections.synchronizedList(new ArrayList<>());

	private final List<String> threads = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger cancelled = new AtomicInteger();

	private Flow.@Nullable Subscriber<? super Object> subscriber;

	private @Nullable Throwable failure;

	private boolean complete;

	private boolean terminated;

	private long demand;

	private boolean emitting;

	/** Emit an item once it was asked for. */
	synchronized TestPublisher emit(Object item) {
		this.items.add(item);
		run();
		return this;
	}

	/** Fail after all items. */
	synchronized TestPublisher fail(Throwable failure) {
		this.failure = failure;
		run();
		return this;
	}

	/** Complete after all items. */
	synchronized TestPublisher complete() {
		this.complete = true;
		run();
		return this;
	}

	@Override
	public synchronized void subscribe(Flow.Subscriber<? super Object> subscriber) {
		this.subscriber = subscriber;
		subscriber.onSubscribe(this);
		run();
	}

	@Override
	public synchronized void request(long count) {
		this.threads.add(Thread.currentThread().getName());
		this.requests.add(count);
		this.demand += count;
		run();
	}

	@Override
	public void cancel() {
		this.cancelled.incrementAndGet();
	}

	/**
	 * Emit what may be; a request within that is served by the loop that is under way.
	 */
	private void run() {
		if (this.emitting || this.subscriber == null) {
			return;
		}
		this.emitting = true;
		try {
			while (this.demand > 0 && !this.items.isEmpty() && this.cancelled.get() == 0) {
				this.demand--;
				this.subscriber.onNext(this.items.remove());
			}
			if (this.items.isEmpty() && !this.terminated && this.cancelled.get() == 0) {
				terminate();
			}
		}
		finally {
			this.emitting = false;
		}
	}

	private void terminate() {
		if (this.failure != null) {
			this.terminated = true;
			this.subscriber.onError(this.failure);
		}
		else if (this.complete) {
			this.terminated = true;
			this.subscriber.onComplete();
		}
	}

	/** Return all that was asked for. */
	List<Long> requests() {
		return List.copyOf(this.requests);
	}

	/** Return the names of the threads that have asked. */
	List<String> threads() {
		return List.copyOf(this.threads);
	}

	/** Return how often the subscription was cancelled. */
	int cancelled() {
		return this.cancelled.get();
	}

	/** Return how many items were not yet asked for. */
	synchronized int left() {
		return this.items.size();
	}

}
