package io.github.bettersse;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * The items of a publisher for a thread that waits for them, one asked for at a time: how
 * a handler streams a publisher before it returns.
 */
final class PublisherItems implements Flow.Subscriber<Object>, Iterator<Object>, AutoCloseable {

	private record Signal(@Nullable Object item, @Nullable Throwable failure) {
	}

	private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

	private Flow.@Nullable Subscription subscription;

	private boolean closed;

	private @Nullable Signal next;

	@SuppressWarnings("unchecked")
	static ItemSource of(Flow.Publisher<?> publisher) {
		PublisherItems items = new PublisherItems();
		((Flow.Publisher<Object>) publisher).subscribe(items);
		return new ItemSource(items, items);
	}

	@Override
	public synchronized void onSubscribe(Flow.Subscription subscription) {
		if (this.closed || this.subscription != null) {
			subscription.cancel();
			return;
		}
		this.subscription = subscription;
		subscription.request(1);
	}

	@Override
	public void onNext(Object item) {
		this.signals.add(new Signal(item, null));
	}

	@Override
	public void onError(Throwable failure) {
		this.signals.add(new Signal(null, failure));
	}

	@Override
	public void onComplete() {
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
		synchronized (this) {
			if (this.subscription != null) {
				this.subscription.request(1);
			}
		}
		return item;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.subscription != null) {
			this.subscription.cancel();
		}
	}

	/**
	 * Carries what a publisher has failed with out of an iterator.
	 */
	static final class SourceFailure extends RuntimeException {

		SourceFailure(Throwable cause) {
			super(cause);
		}

	}

}
