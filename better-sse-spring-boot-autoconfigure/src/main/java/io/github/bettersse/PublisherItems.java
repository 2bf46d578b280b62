package io.github.bettersse;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * The items of a publisher for a thread that waits for them, one asked for at a time: how
 * a handler streams a publisher before it returns. Closing it ends the wait.
 */
final class PublisherItems implements Flow.Subscriber<Object>, Iterator<Object>, AutoCloseable {

	private record Signal(@Nullable Object item, @Nullable Throwable failure) {
	}

	private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

	private volatile Flow.@Nullable Subscription subscription;

	private volatile boolean closed;

	private volatile boolean terminated;

	private @Nullable Signal next;

	/** Subscribe to a publisher. */
	@SuppressWarnings("unchecked")
	PublisherItems subscribeTo(Flow.Publisher<?> publisher) {
		((Flow.Publisher<Object>) publisher).subscribe(this);
		return this;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		Objects.requireNonNull(subscription);
		boolean first;
		synchronized (this) {
			first = this.subscription == null;
			this.subscription = first ? subscription : this.subscription;
		}
		if (!first || this.closed) {
			subscription.cancel();
		}
		else {
			subscription.request(1);
		}
	}

	@Override
	public void onNext(Object item) {
		this.signals.add(new Signal(Objects.requireNonNull(item), null));
	}

	@Override
	public void onError(Throwable failure) {
		Objects.requireNonNull(failure);
		this.terminated = true;
		this.signals.add(new Signal(null, failure));
	}

	@Override
	public void onComplete() {
		this.terminated = true;
		this.signals.add(new Signal(null, null));
	}

	@Override
	public boolean hasNext() {
		if (this.next == null) {
			this.next = take();
		}
		if (this.next.failure() != null) {
			throw new SourceFailure(this.next.failure());
		}
		return this.next.item() != null;
	}

	private Signal take() {
		try {
			return this.signals.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SseException("Interrupted while waiting for an item to stream.", ex);
		}
	}

	@Override
	public Object next() {
		if (!hasNext() || this.next == null || this.next.item() == null) {
			throw new NoSuchElementException();
		}
		Object item = this.next.item();
		this.next = null;
		Flow.Subscription subscription = this.subscription;
		if (subscription != null && !this.terminated) {
			subscription.request(1);
		}
		return item;
	}

	@Override
	public void close() {
		this.closed = true;
		Flow.Subscription subscription = this.subscription;
		if (subscription != null && !this.terminated) {
			subscription.cancel();
		}
		this.signals.add(new Signal(null, new SseException("The session ended before all was sent.")));
	}

	/**
	 * Carries what a publisher has failed with out of an iterator.
	 */
	static final class SourceFailure extends RuntimeException {

		private final Throwable failure;

		SourceFailure(Throwable failure) {
			super(failure);
			this.failure = failure;
		}

		Throwable getFailure() {
			return this.failure;
		}

	}

}
