package io.github.bettersse;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Sends what a publisher gives, one item asked for at a time.
 *
 * <pre>
 *   subscribe --onSubscribe--> WAITING --open()--> request(1) --onNext--> push --pushed--> request(1)
 *                                 |                                                |
 *                                 +-- onError: failure(), nothing is sent          +-- terminated meanwhile: end
 * </pre>
 */
final class PublisherPump extends SourcePump implements Flow.Subscriber<Object> {

	private volatile Flow.@Nullable Subscription subscription;

	private final AtomicBoolean released = new AtomicBoolean();

	private volatile boolean terminated;

	private volatile @Nullable Throwable failure;

	private boolean open;

	/** Whether an item was given that is not yet pushed. */
	private boolean pushing;

	PublisherPump(DefaultSession<?> session, String eventName) {
		super(session, eventName);
	}

	/** Subscribe without asking for items yet. */
	@SuppressWarnings("unchecked")
	PublisherPump subscribeTo(Flow.Publisher<?> publisher) {
		try {
			((Flow.Publisher<Object>) publisher).subscribe(this);
		}
		catch (Throwable ex) {
			release();
			terminate(ex);
		}
		return this;
	}

	/** Return what the publisher has failed with, {@code null} if it has not. */
	@Nullable Throwable failure() {
		return this.failure;
	}

	/** Ask for the first item. */
	CompletableFuture<Void> open() {
		endWithSession();
		boolean subscribed;
		synchronized (this) {
			this.open = true;
			subscribed = this.subscription != null;
		}
		if (this.terminated) {
			finish();
		}
		else if (subscribed) {
			execute(this::request);
		}
		return done();
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		Objects.requireNonNull(subscription);
		boolean first;
		boolean late;
		synchronized (this) {
			first = this.subscription == null;
			late = this.open;
			this.subscription = first ? subscription : this.subscription;
		}
		if (!first || this.released.get()) {
			subscription.cancel();
		}
		else if (late) {
			request();
		}
	}

	private void request() {
		Flow.Subscription subscription = this.subscription;
		if (subscription != null && !this.released.get()) {
			subscription.request(1);
		}
	}

	@Override
	public void onNext(Object item) {
		Objects.requireNonNull(item);
		if (this.released.get()) {
			return;
		}
		try {
			synchronized (this) {
				this.pushing = true;
			}
			if (push(item, this::pushed)) {
				pushed();
			}
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	private void pushed() {
		boolean last;
		synchronized (this) {
			this.pushing = false;
			last = this.terminated;
		}
		if (last) {
			finish();
		}
		else {
			request();
		}
	}

	@Override
	public void onError(Throwable failure) {
		terminate(Objects.requireNonNull(failure));
	}

	@Override
	public void onComplete() {
		terminate(null);
	}

	private void terminate(@Nullable Throwable failure) {
		boolean now;
		synchronized (this) {
			this.failure = failure;
			this.terminated = true;
			now = this.open && !this.pushing;
		}
		if (now) {
			finish();
		}
	}

	/** The publisher has given all and all was pushed. */
	private void finish() {
		if (this.failure != null) {
			end(this.failure);
			return;
		}
		try {
			afterFlush(() -> end(null));
		}
		catch (RuntimeException ex) {
			end(ex);
		}
	}

	@Override
	boolean isInHandler() {
		return false;
	}

	/** A publisher that has said its last word is not to be cancelled. */
	@Override
	void release() {
		boolean first = this.released.compareAndSet(false, true);
		Flow.Subscription subscription = this.subscription;
		if (first && subscription != null && !this.terminated) {
			session().outlet().executor().runNow(subscription::cancel);
		}
	}

}
