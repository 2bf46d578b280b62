package io.github.bettersse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a handler streams it sends itself, all of it, before it goes on.
 */
class InHandlerSourceTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.prepare();

	private final Session<Object> session = this.client.session();

	@Test
	void itemsAreSentOnTheThreadOfTheHandlerBeforeItGoesOn() {
		TestItems items = TestItems.numbers(3);
		CompletableFuture<Void> done = this.session.iterate(items);
		assertThat(done).isCompleted();
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2", "3"));
		assertThat(items.threads()).containsExactly(Thread.currentThread().getName());
		assertThat(this.client.connection().writers()).containsOnly(Thread.currentThread());
		assertThat(items.closed()).isOne();
		List<Thread> dependents = new ArrayList<>();
		done.thenRun(() -> dependents.add(Thread.currentThread()));
		assertThat(dependents).containsExactly(Thread.currentThread());
	}

	@Test
	void eachItemGoesOutAtOnce() {
		List<String> before = new ArrayList<>();
		this.session.iterate(new TestItems(3, (number) -> {
			before.add(this.client.received());
			return Wire.event(Integer.toString(number));
		}));
		assertThat(before).containsExactly("", Wire.of("1"), Wire.of("1", "2"));
	}

	@Test
	void everyKindOfSourceIsSent() {
		try (SubmissionPublisher<Object> publisher = new SubmissionPublisher<>()) {
			assertThat(this.session.iterate(List.of("a"))).isCompleted();
			assertThat(this.session.iterate(Stream.of("b"), "own")).isCompleted();
			assertThat(this.session.stream(new ByteArrayInputStream("é".getBytes(StandardCharsets.UTF_8))))
				.isCompleted();
			assertThat(this.session.stream(new StringReader("d"))).isCompleted();
			Future<?> publishing = this.engine.start(() -> {
				TestEngine.await().until(() -> publisher.getNumberOfSubscribers() == 1);
				publisher.submit("e");
				publisher.submit(Wire.event("f"));
				publisher.close();
			});
			assertThat(this.session.stream(publisher)).isCompleted();
			TestEngine.join(publishing);
		}
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: iteration\nid: ~\ndata: a\n\n"
				+ "event: own\nid: ~\ndata: b\n\nevent: stream\nid: ~\ndata: é\n\nevent: stream\nid: ~\ndata: d\n\n"
				+ "event: stream\nid: ~\ndata: e\n\n" + Wire.of("f"));
	}

	@Test
	void emptySourceSendsNothingAndAnotherAnswerIsStillPossible() {
		assertThat(this.session.iterate(List.of())).isCompleted();
		assertThat(this.session.iterate(Stream.empty())).isCompleted();
		assertThat(this.client.opening().isCommitted()).isFalse();
		this.client.opening().refuse();
		assertThat(this.client.connection().calls()).isEmpty();
	}

	@Test
	void failureOfTheSourceIsInTheFuture() {
		RuntimeException failure = new IllegalStateException("no more");
		TestItems items = TestItems.numbers(3).failAt(2, failure);
		CompletableFuture<Void> done = this.session.iterate(items);
		assertThat(done).isCompletedExceptionally();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> TestEngine.join(done))
			.isSameAs(failure);
		assertThat(items.closed()).isOne();
		assertThat(this.session.isConnected()).isTrue();
		this.client.opening().complete();
		assertThat(this.client.received()).isEqualTo(Wire.of("1"));
	}

	@Test
	void failureOfAPublisherIsInTheFuture() {
		IOException failure = new IOException("no more");
		TestPublisher publisher = new TestPublisher().emit(Wire.event("a")).fail(failure);
		CompletableFuture<Void> done = this.session.stream(publisher);
		assertThat(done).isCompletedExceptionally();
		assertThat(done.handle((nothing, thrown) -> thrown).join()).isSameAs(failure);
		assertThat(publisher.cancelled()).isZero();
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void clientThatHasGoneFailsTheFutureAndClosesTheSource() {
		TestItems items = TestItems.numbers(1_000_000);
		this.client.connection().during(Call.WRITE, () -> {
		});
		this.client.connection().fail(Call.WRITE, new IOException("broken pipe"));
		CompletableFuture<Void> done = this.session.iterate(items);
		assertThat(done).isCompletedExceptionally();
		assertFailedWithTheSession(done);
		assertThat(items.closed()).isOne();
		assertThat(this.client.received()).isEqualTo(Wire.of("1"));
	}

	@Test
	void clientThatHasGoneWithTheLastItemFailsTheFuture() {
		this.client.connection().fail(Call.WRITE, new IOException("broken pipe"));
		CompletableFuture<Void> done = this.session.iterate(List.of(Wire.event("a")));
		assertThat(done).isCompletedExceptionally();
		assertFailedWithTheSession(done);
	}

	@Test
	void endOfTheSessionEndsAWaitInTheSource() {
		TestItems items = TestItems.numbers(3).blockAt(2);
		Future<CompletableFuture<Void>> handler = iterateElsewhere(items);
		items.awaitBlocked();
		this.engine.engine.getSessions().forEach(Session::close);
		items.awaitClosed();
		assertFailedWithTheSession(TestEngine.join(handler));
		assertThat(items.closed()).isOne();
	}

	@Test
	void endOfTheSessionEndsTheWaitForAPublisher() {
		TestPublisher publisher = new TestPublisher().emit(Wire.event("a"));
		CompletableFuture<TestClient<Object>> prepared = new CompletableFuture<>();
		Future<CompletableFuture<Void>> handler = this.engine.start(() -> {
			TestClient<Object> own = this.engine.prepare();
			prepared.complete(own);
			CompletableFuture<Void> done = own.session().stream(publisher);
			assertThat(done).isDone();
			own.opening().complete();
			return done;
		});
		TestClient<Object> own = TestEngine.join(prepared);
		own.awaitReceived(Wire.of("a"));
		own.session().close();
		assertFailedWithTheSession(TestEngine.join(handler));
		TestEngine.await().until(() -> publisher.cancelled() == 1);
		assertThat(own.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void endOfTheSessionEndsTheWaitForAPublisherThatNeverAnswers() {
		CompletableFuture<TestClient<Object>> prepared = new CompletableFuture<>();
		Future<CompletableFuture<Void>> handler = this.engine.start(() -> {
			TestClient<Object> own = this.engine.prepare();
			CompletableFuture<Void> done = own.session().stream((subscriber) -> prepared.complete(own));
			own.opening().complete();
			return done;
		});
		TestClient<Object> own = TestEngine.join(prepared);
		own.session().close();
		CompletableFuture<Void> done = TestEngine.join(handler);
		assertThat(done).isDone();
		assertFailedWithTheSession(done);
	}

	@Test
	void interruptEndsTheWaitForAPublisher() {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		Future<Boolean> handler = this.engine.start(() -> {
			TestClient<Object> own = this.engine.prepare();
			thread.complete(Thread.currentThread());
			CompletableFuture<Void> done = own.session().stream((subscriber) -> {
			});
			assertThat(done).isCompletedExceptionally();
			return Thread.interrupted();
		});
		TestEngine.join(thread).interrupt();
		assertThat(TestEngine.join(handler)).isTrue();
	}

	@Test
	void sourceOfAnotherSessionIsNotSentHere() {
		TestClient<Object> other = this.engine.connect();
		TestItems items = TestItems.numbers(3);
		TestEngine.join(other.session().iterate(items));
		assertThat(items.threads()).containsExactly(TestEngine.LISTENER_THREAD);
	}

	@Test
	void sourceOfAnotherThreadWaitsForTheHandler() {
		TestItems items = TestItems.numbers(3);
		CompletableFuture<Void> done = this.engine.elsewhere(() -> this.session.iterate(items));
		items.awaitPulled(3);
		assertThat(this.client.received()).isEmpty();
		assertThat(done).isNotDone();
		this.client.opening().complete();
		TestEngine.join(done);
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2", "3"));
	}

	private Future<CompletableFuture<Void>> iterateElsewhere(TestItems items) {
		return this.engine.start(() -> {
			TestClient<Object> own = this.engine.prepare();
			CompletableFuture<Void> done = own.session().iterate(items);
			assertThat(done).isDone();
			own.opening().complete();
			return done;
		});
	}

	private static void assertFailedWithTheSession(CompletableFuture<Void> done) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done))
			.withMessage("The session ended before all was sent.");
	}

}
