package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The rules of reactive streams for a subscriber, and publishers that break theirs.
 */
class PublisherRulesTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	private final TestPublisher publisher = new TestPublisher();

	@Test
	void subscribeThatThrowsAfterOnSubscribeIsCancelled() {
		RuntimeException failure = new IllegalStateException("closed");
		CompletableFuture<Void> done = this.session.stream((subscriber) -> {
			this.publisher.subscribe(subscriber);
			throw failure;
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> TestEngine.join(done))
			.isSameAs(failure);
		assertThat(this.publisher.cancelled()).isOne();
	}

	@Test
	void onSubscribeMayComeLate() {
		AtomicReference<Flow.Subscriber<Object>> subscribed = new AtomicReference<>();
		CompletableFuture<Void> done = this.session.stream(remembering(subscribed));
		this.publisher.emit(Wire.event("a")).complete();
		this.publisher.subscribe(subscribed.get());
		TestEngine.join(done);
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void onSubscribeAfterTheEndOfTheSessionIsCancelled() {
		AtomicReference<Flow.Subscriber<Object>> subscribed = new AtomicReference<>();
		CompletableFuture<Void> done = this.session.stream(remembering(subscribed));
		this.session.close();
		assertFailedWithTheSession(done);
		TestEngine.await().untilAsserted(() -> {
			TestPublisher late = new TestPublisher().emit(Wire.event("a"));
			late.subscribe(subscribed.get());
			assertThat(late.cancelled()).isOne();
			assertThat(late.requests()).isEmpty();
		});
	}

	@Test
	void secondSubscriptionIsCancelledAndTheFirstGoesOn() {
		AtomicReference<Flow.Subscriber<Object>> subscribed = new AtomicReference<>();
		CompletableFuture<Void> done = this.session.stream(remembering(subscribed));
		this.publisher.subscribe(subscribed.get());
		TestPublisher second = new TestPublisher();
		second.subscribe(subscribed.get());
		assertThat(second.cancelled()).isOne();
		assertThat(second.requests()).isEmpty();
		this.publisher.emit(Wire.event("a")).complete();
		TestEngine.join(done);
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		assertThat(this.publisher.cancelled()).isZero();
	}

	@Test
	void nothingIsSentAndNothingAskedForAfterTheEnd() {
		AtomicReference<Flow.Subscriber<Object>> subscribed = new AtomicReference<>();
		AtomicInteger requests = new AtomicInteger();
		AtomicInteger cancelled = new AtomicInteger();
		CompletableFuture<Void> done = this.session.stream(remembering(subscribed));
		subscribed.get().onSubscribe(new Flow.Subscription() {

			@Override
			public void request(long count) {
				requests.incrementAndGet();
			}

			@Override
			public void cancel() {
				cancelled.incrementAndGet();
			}

		});
		TestEngine.await().until(() -> requests.get() == 1);
		subscribed.get().onNext(new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("unserialisable");
			}

		});
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done));
		assertThat(cancelled).hasValue(1);
		subscribed.get().onNext("late");
		subscribed.get().onComplete();
		assertThat(this.client.received()).isEmpty();
		assertThat(requests).hasValue(1);
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void nullsAreRefusedAsTheSpecificationHasIt() {
		AtomicReference<Flow.Subscriber<Object>> subscribed = new AtomicReference<>();
		this.session.stream(remembering(subscribed));
		for (Runnable call : List.<Runnable>of(() -> subscribed.get().onSubscribe(null),
				() -> subscribed.get().onNext(null), () -> subscribed.get().onError(null))) {
			assertThatExceptionOfType(NullPointerException.class).isThrownBy(call::run);
		}
	}

	@Test
	void publisherThatNeverAnswersIsForgottenWithTheSession() {
		CompletableFuture<Void> done = this.session.stream((subscriber) -> {
		});
		assertThat(done).isNotDone();
		this.client.connection().vanish(null);
		assertFailedWithTheSession(done);
	}

	@Test
	void endedSessionSubscribesToNothing() {
		AtomicReference<Flow.Subscriber<Object>> subscribed = new AtomicReference<>();
		this.session.close();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.stream(remembering(subscribed)))
			.withMessage("Cannot push data to a non-active session.");
		assertThat(subscribed).hasValue(null);
	}

	private static Flow.Publisher<Object> remembering(AtomicReference<Flow.Subscriber<Object>> subscribed) {
		return new Flow.Publisher<>() {

			@Override
			@SuppressWarnings("unchecked")
			public void subscribe(Flow.Subscriber<? super Object> subscriber) {
				subscribed.set((Flow.Subscriber<Object>) subscriber);
			}

		};
	}

	private static void assertFailedWithTheSession(CompletableFuture<Void> done) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done))
			.withMessage("The session ended before all was sent.");
	}

}
