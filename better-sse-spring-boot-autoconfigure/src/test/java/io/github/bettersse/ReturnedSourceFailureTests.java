package io.github.bettersse;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What fails before the first item gets another answer; what fails later ends the stream,
 * and is told once.
 */
class ReturnedSourceFailureTests {

	private static final RuntimeException FAILURE = new IllegalStateException("no more");

	private static final String LOGGED = "SEVERE The source of session %s (GET /sse) has failed, which ends the stream / "
			+ "java.lang.IllegalStateException: no more";

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.prepare();

	private final Session<Object> session = this.client.session();

	static Stream<Named<Object>> sourcesThatFailAtOnce() {
		return Stream.of(Named.of("iterator()", (Iterable<Object>) () -> {
			throw FAILURE;
		}), Named.of("hasNext()", new Iterator<Object>() {

			@Override
			public boolean hasNext() {
				throw FAILURE;
			}

			@Override
			public Object next() {
				throw new AssertionError();
			}

		}), Named.of("next()", TestItems.numbers(3).failAt(1, FAILURE)), Named.of("stream", Stream.generate(() -> {
			throw FAILURE;
		})), Named.of("subscribe()", (Flow.Publisher<Object>) (subscriber) -> {
			throw FAILURE;
		}), Named.of("onError() within subscribe()", new TestPublisher().fail(FAILURE)),
				Named.of("stage", CompletableFuture.failedFuture(FAILURE)),
				Named.of("stage of a stage", CompletableFuture.completedFuture(CompletableFuture.failedStage(FAILURE))),
				Named.of("stage of an iterable",
						CompletableFuture.completedFuture(TestItems.numbers(1).failAt(1, FAILURE))));
	}

	static Stream<Named<Object>> sourcesThatFailLater() {
		return Stream.of(Named.of("iterator", TestItems.numbers(3).failAt(3, FAILURE)),
				Named.of("publisher", new TestPublisher().emit(Wire.event("1")).emit(Wire.event("2")).fail(FAILURE)),
				Named.of("stream", Stream.of(1, 2, 3).map((number) -> {
					if (number == 3) {
						throw FAILURE;
					}
					return Wire.event(number.toString());
				})));
	}

	@ParameterizedTest
	@MethodSource("sourcesThatFailAtOnce")
	void failureBeforeTheFirstItemIsThrownAndNothingIsSent(Object source) {
		assertThatThrownBy(() -> this.client.opening().stream(source)).isSameAs(FAILURE);
		assertThat(this.client.opening().isCommitted()).isFalse();
		this.client.opening().refuse();
		assertThat(this.client.connection().calls()).isEmpty();
		assertThat(reason()).isEqualTo(DisconnectReason.REFUSED);
	}

	@ParameterizedTest
	@MethodSource("sourcesThatFailAtOnce")
	void failureBeforeTheFirstItemButAfterAPushEndsTheStream(Object source) {
		this.session.push(Wire.event("a"));
		assertThatThrownBy(() -> this.client.opening().stream(source)).isSameAs(FAILURE);
		this.client.opening().fail(FAILURE);
		assertThat(reason()).isEqualTo(DisconnectReason.ERROR);
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		assertThat(this.engine.log.takeWarnings()).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("sourcesThatFailLater")
	void failureAfterTheFirstItemEndsTheStreamWithoutAWord(Object source) throws Exception {
		this.client.opening().stream(source);
		assertThat(reason()).isEqualTo(DisconnectReason.ERROR);
		TestEngine.await().until(() -> this.client.connection().calls().contains("close"));
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2"));
		assertThat(this.engine.log.takeWarnings()).containsExactly(LOGGED.formatted(this.session.getId()));
	}

	@Test
	void firstItemOfAPublisherThatFailsLaterEndsTheStream() throws Exception {
		TestPublisher publisher = new TestPublisher();
		this.client.opening().stream(publisher);
		publisher.fail(FAILURE);
		assertThat(reason()).isEqualTo(DisconnectReason.ERROR);
		assertThat(this.engine.log.takeWarnings()).containsExactly(LOGGED.formatted(this.session.getId()));
	}

	@Test
	void stageThatFailsLaterEndsTheStream() throws Exception {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		this.client.opening().stream(stage);
		stage.completeExceptionally(FAILURE);
		assertThat(reason()).isEqualTo(DisconnectReason.ERROR);
		assertThat(this.client.received()).isEmpty();
		assertThat(this.engine.log.takeWarnings()).containsExactly(LOGGED.formatted(this.session.getId()));
	}

	@Test
	void stageOfStagesThatFailsLaterEndsTheStreamWithItsOwnFailure() throws Exception {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		this.client.opening().stream(stage.thenApply((value) -> value));
		stage.completeExceptionally(FAILURE);
		assertThat(reason()).isEqualTo(DisconnectReason.ERROR);
		assertThat(this.engine.log.takeWarnings()).containsExactly(LOGGED.formatted(this.session.getId()));
	}

	@ParameterizedTest
	@MethodSource("sourcesThatFailAtOnce")
	void sourceOfALaterStageThatFailsAtOnceEndsTheStream(Object source) throws Exception {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		this.client.opening().stream(stage);
		stage.complete(source);
		assertThat(reason()).isEqualTo(DisconnectReason.ERROR);
		assertThat(this.engine.log.takeWarnings()).containsExactly(LOGGED.formatted(this.session.getId()));
	}

	@Test
	void checkedExceptionAndErrorAreThrownAsTheyAre() {
		IOException checked = new IOException("closed");
		assertThatThrownBy(() -> this.client.opening().stream(CompletableFuture.failedFuture(checked)))
			.isSameAs(checked);
		assertThatThrownBy(() -> this.client.opening().stream(new TestPublisher().fail(checked))).isSameAs(checked);
		Error error = new StackOverflowError();
		assertThatThrownBy(() -> this.client.opening().stream(CompletableFuture.failedFuture(error))).isSameAs(error);
		assertThatThrownBy(() -> this.client.opening().stream(new TestPublisher().fail(error))).isSameAs(error);
	}

	@Test
	void cancelledStageIsThrown() {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		stage.cancel(false);
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> this.client.opening().stream(stage));
		assertThat(this.client.opening().isCommitted()).isFalse();
	}

	@Test
	void sourceThatFailsAtOnceIsGivenBack() {
		TestItems items = TestItems.numbers(1).failAt(1, FAILURE);
		assertThatThrownBy(() -> this.client.opening().stream(items)).isSameAs(FAILURE);
		assertThat(items.closed()).isOne();
		AtomicInteger closed = new AtomicInteger();
		Stream<Object> stream = Stream.of((Object) "a").peek((item) -> {
			throw FAILURE;
		}).onClose(closed::incrementAndGet);
		assertThatThrownBy(() -> this.client.opening().stream(stream)).isSameAs(FAILURE);
		assertThat(closed).hasValue(1);
		TestPublisher publisher = new TestPublisher();
		assertThatThrownBy(() -> this.client.opening().stream((Flow.Publisher<Object>) (subscriber) -> {
			publisher.subscribe(subscriber);
			throw FAILURE;
		})).isSameAs(FAILURE);
		assertThat(publisher.cancelled()).isOne();
	}

	@Test
	void anotherSourceMayFollowOneThatHasFailed() throws Exception {
		assertThatThrownBy(() -> this.client.opening().stream(TestItems.numbers(1).failAt(1, FAILURE)))
			.isSameAs(FAILURE);
		this.client.opening().stream(List.of(Wire.event("a")));
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		this.client.awaitReceived(Wire.of("a"));
	}

	@Test
	void itemThatCannotBeSerialisedEndsTheStream() throws Exception {
		this.client.opening().stream(List.of(Wire.event("a"), new Object() {

			@Override
			public String toString() {
				throw FAILURE;
			}

		}));
		assertThat(reason()).isEqualTo(DisconnectReason.ERROR);
		TestEngine.await().until(() -> this.client.connection().calls().contains("close"));
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		assertThat(this.engine.log.takeWarnings()).singleElement()
			.asString()
			.startsWith("SEVERE The source of session");
	}

	@Test
	void endOfTheSessionIsNoFailureOfItsSource() throws Exception {
		TestItems items = TestItems.numbers(1_000_000);
		this.client.opening().stream(items);
		TestEngine.await().until(() -> items.pulled() > 100);
		this.client.connection().vanish(new IOException("reset"));
		assertThat(reason()).isEqualTo(DisconnectReason.CLIENT_GONE);
		items.awaitClosed();
		assertThat(items.closed()).isOne();
	}

	@Test
	void endOfTheSessionCancelsAPublisherAndAStage() throws Exception {
		TestPublisher publisher = new TestPublisher();
		this.client.opening().stream(publisher);
		CompletableFuture<Object> stage = new CompletableFuture<>();
		TestClient<Object> other = this.engine.prepare();
		other.opening().stream(stage);
		this.session.close();
		other.connection().vanish(null);
		TestEngine.await().until(() -> publisher.cancelled() == 1);
		TestEngine.await().until(stage::isCancelled);
	}

	@Test
	void failureAfterTheEndOfTheSessionIsNotLogged() throws Exception {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		this.client.opening().stream(stage.handle((value, failure) -> {
			throw new CompletionException(FAILURE);
		}));
		this.session.close();
		stage.complete("late");
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		assertThat(this.client.received()).isEmpty();
	}

	private DisconnectReason reason() {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.session.onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

}
