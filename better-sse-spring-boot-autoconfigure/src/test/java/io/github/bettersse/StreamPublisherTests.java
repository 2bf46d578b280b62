package io.github.bettersse;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A publisher is asked for one item at a time, and let go when the session ends.
 */
class StreamPublisherTests {

	/** An event of 1 KiB. */
	private static final SseEvent EVENT = SseEvent.raw("x".repeat(1024 - "id: 1\ndata: \n\n".length())).id("1");

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	private final TestPublisher publisher = new TestPublisher();

	static Stream<Named<Executor>> emitters() {
		return Stream.of(Named.of("publishing thread", Runnable::run),
				Named.of("own thread", (task) -> new Thread(task, "emitter").start()));
	}

	@Test
	void itemsAreStreamEvents() {
		this.publisher.emit("a").emit(Wire.event("b")).complete();
		TestEngine.join(this.session.stream(this.publisher));
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: stream\nid: ~\ndata: a\n\n" + Wire.of("b"));
	}

	@Test
	void itemsHaveTheGivenName() {
		this.publisher.emit("a").complete();
		TestEngine.join(this.session.stream(this.publisher, "own"));
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: own\nid: ~\ndata: a\n\n");
	}

	@Test
	void itemsAreAskedForOneByOneOnTheTaskExecutor() {
		this.publisher.emit(Wire.event("a")).emit(Wire.event("b")).complete();
		TestEngine.join(this.session.stream(this.publisher));
		assertThat(this.publisher.requests()).containsExactly(1L, 1L, 1L);
		assertThat(Set.copyOf(this.publisher.threads())).containsExactly(TestEngine.LISTENER_THREAD);
		assertThat(this.publisher.cancelled()).isZero();
	}

	@ParameterizedTest
	@MethodSource("emitters")
	void submissionPublisherOfWhateverThread(Executor emitter) {
		try (SubmissionPublisher<Object> submissions = new SubmissionPublisher<>(emitter, 16)) {
			CompletableFuture<Void> done = this.session.stream(submissions);
			List<String> names = IntStream.range(0, 2000).mapToObj(Integer::toString).toList();
			names.forEach((name) -> submissions.submit(Wire.event(name)));
			submissions.close();
			TestEngine.join(done);
			assertThat(this.client.received()).isEqualTo(Wire.of(names.toArray(String[]::new)));
		}
	}

	@Test
	void futureCompletesOnTheTaskExecutorWhenTheSocketHasTakenAll() {
		this.client.connection().fill();
		CompletableFuture<Void> done = this.session.stream(this.publisher.emit(Wire.event("a")).complete());
		Future<String> thread = done.thenApply((nothing) -> Thread.currentThread().getName());
		TestEngine.await().until(() -> this.publisher.left() == 0);
		assertThat(done).isNotDone();
		this.client.connection().drain();
		assertThat(TestEngine.join(thread)).isEqualTo(TestEngine.LISTENER_THREAD);
	}

	@Test
	void failureCompletesTheFutureOnTheTaskExecutorWithoutTheSession() {
		IOException failure = new IOException("no more");
		CompletableFuture<Void> done = this.session.stream(this.publisher.emit(Wire.event("a")));
		Future<String> thread = done.handle((nothing, thrown) -> Thread.currentThread().getName() + " " + thrown);
		this.client.awaitReceived(Wire.of("a"));
		this.publisher.fail(failure);
		assertThat(TestEngine.join(thread)).isEqualTo(TestEngine.LISTENER_THREAD + " " + failure);
		assertThat(this.session.isConnected()).isTrue();
		assertThat(this.publisher.cancelled()).isZero();
	}

	@Test
	void failureBeforeAnyItemCompletesTheFuture() {
		IOException failure = new IOException("none");
		CompletableFuture<Void> done = this.session.stream(this.publisher.fail(failure));
		TestEngine.await().until(done::isDone);
		assertThat(done.handle((nothing, thrown) -> thrown).join()).isSameAs(failure);
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void noItemsCompleteTheFuture() {
		TestEngine.join(this.session.stream(this.publisher.complete()));
		assertThat(this.client.received()).isEmpty();
		assertThat(this.publisher.cancelled()).isZero();
	}

	@Test
	void subscribeThatThrowsCompletesTheFuture() {
		RuntimeException failure = new IllegalStateException("closed");
		CompletableFuture<Void> done = this.session.stream((subscriber) -> {
			throw failure;
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> TestEngine.join(done))
			.isSameAs(failure);
	}

	@Test
	void publisherThatHasNothingYetIsCancelledWithTheSession() {
		CompletableFuture<Void> done = this.session.stream(this.publisher);
		TestEngine.await().until(() -> this.publisher.requests().size() == 1);
		this.session.close();
		assertFailedWithTheSession(done);
		TestEngine.await().until(() -> this.publisher.cancelled() == 1);
	}

	@Test
	void publisherThatBlocksIsCancelledWithTheSession() {
		Gate blocked = new Gate();
		AtomicInteger cancelled = new AtomicInteger();
		CompletableFuture<Void> done = this.session
			.stream((subscriber) -> subscriber.onSubscribe(new Flow.Subscription() {

				@Override
				public void request(long count) {
					blocked.pass();
				}

				@Override
				public void cancel() {
					cancelled.incrementAndGet();
					blocked.open();
				}

			}));
		blocked.awaitArrival();
		this.session.close();
		assertFailedWithTheSession(done);
		TestEngine.await().until(() -> cancelled.get() == 1);
	}

	@Test
	void noMoreThanTheWindowIsAskedForBeforeTheSocketTakesIt() {
		this.client.connection().fill();
		for (int i = 0; i < 200; i++) {
			this.publisher.emit(EVENT);
		}
		CompletableFuture<Void> done = this.session.stream(this.publisher.complete());
		TestEngine.await().until(() -> this.publisher.left() == 200 - 64 - 1);
		assertThat(this.publisher.requests()).hasSize(64 + 1);
		this.client.connection().drain();
		TestEngine.join(done);
		assertThat(this.client.received()).hasSize(200 * 1024);
	}

	@Test
	void itemThatWaitsForRoomIsSentBeforeTheEnd() {
		this.client.connection().fill();
		this.session.push(SseEvent.raw("x".repeat(1024 * 1024)).id("1"));
		CompletableFuture<Void> done = this.session.stream(this.publisher.emit(Wire.event("a")).complete());
		TestEngine.await().until(() -> this.publisher.left() == 0);
		this.client.connection().drain();
		TestEngine.join(done);
		assertThat(this.client.received()).endsWith(Wire.of("a"));
	}

	@Test
	void itemThatWaitsForRoomIsSentBeforeAFailure() {
		IOException failure = new IOException("no more");
		this.client.connection().fill();
		this.session.push(SseEvent.raw("x".repeat(1024 * 1024)).id("1"));
		CompletableFuture<Void> done = this.session.stream(this.publisher.emit(Wire.event("a")).fail(failure));
		TestEngine.await().until(() -> this.publisher.left() == 0);
		assertThat(done).isNotDone();
		this.client.connection().drain();
		TestEngine.await().until(done::isDone);
		assertThat(done.handle((nothing, thrown) -> thrown).join()).isSameAs(failure);
		assertThat(this.client.received()).endsWith(Wire.of("a"));
	}

	private static void assertFailedWithTheSession(CompletableFuture<Void> done) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done))
			.withMessage("The session ended before all was sent.");
	}

}
