package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Sends what a publisher gives, one item asked for at a time.
 *
 * <pre>
 *   subscribe --onSubscribe--> WAITING --open()--> request(1) --onNext--> push --room--> request(1)
 *                                 |                                          +--full--> flush, then request(1)
 *                                 +-- onError before open(): failure()
 * </pre>
 */
final class PublisherPump extends SourcePump implements Flow.Subscriber<Object> {

	private volatile Flow.@Nullable Subscription subscription;

	private volatile boolean released;

	private boolean open;

	PublisherPump(DefaultSession<?> session, String eventName) {
		super(session, eventName);
	}

	/** Subscribe without asking for items yet. */
	@SuppressWarnings("unchecked")
	PublisherPump subscribeTo(Flow.Publisher<?> publisher) {
		((Flow.Publisher<Object>) publisher).subscribe(this);
		return this;
	}

	/** Ask for the first item. */
	CompletableFuture<Void> open() {
		endWithSession();
		boolean subscribed;
		synchronized (this) {
			this.open = true;
			subscribed = this.subscription != null;
		}
		if (subscribed) {
			request();
		}
		return done();
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		boolean first;
		boolean late;
		synchronized (this) {
			first = this.subscription == null;
			late = this.open;
			this.subscription = first ? subscription : this.subscription;
		}
		if (!first || this.released) {
			subscription.cancel();
		}
		else if (late) {
			request();
		}
	}

	private void request() {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null && !this.released) {
			subscription.request(1);
		}
	}

	@Override
	public void onNext(Object item) {
		try {
			if (push(item)) {
				request();
			}
			else {
				afterFlush(this::request);
			}
		}
		catch (RuntimeException ex) {
			end(ex);
		}
	}

	@Override
	public void onError(Throwable failure) {
		end(failure);
	}

	@Override
	public void onComplete() {
		try {
			afterFlush(() -> end(null));
		}
		catch (RuntimeException ex) {
			end(ex);
		}
	}

	@Override
	void release() {
		this.released = true;
		Flow.Subscription subscription = this.subscription;
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
