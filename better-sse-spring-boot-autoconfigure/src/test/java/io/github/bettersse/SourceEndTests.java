package io.github.bettersse;

import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever ends first, the source, its sender or the session: the source is given back,
 * once, and the future says how it was.
 */
class SourceEndTests {

	/** More than the window, by far. */
	private static final int MANY = 1_000_000;

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	static Stream<Named<Consumer<TestClient<Object>>>> ends() {
		return Stream.of(Named.of("client goes", (client) -> client.connection().vanish(null)),
				Named.of("client breaks", (client) -> client.connection().vanish(new IOException("reset"))),
				Named.of("close", (client) -> client.session().close()),
				Named.of("disconnect", (client) -> client.session().disconnect()));
	}

	@Test
	void sourceIsClosedOnceAtItsEnd() {
		TestItems items = TestItems.numbers(2);
		TestEngine.join(this.session.iterate(items));
		this.session.close();
		assertThat(items.closed()).isOne();
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2"));
	}

	@Test
	void streamIsClosedOnceAtItsEnd() {
		AtomicInteger closed = new AtomicInteger();
		TestEngine.join(this.session.iterate(Stream.of(Wire.event("a")).onClose(closed::incrementAndGet)));
		assertThat(closed).hasValue(1);
	}

	@Test
	void iterableAndItsIteratorAreClosedOnceAtTheirEnd() {
		TestItems items = TestItems.numbers(2);
		ClosableItems source = new ClosableItems(items);
		TestEngine.join(this.session.iterate(source));
		assertThat(items.closed()).isOne();
		assertThat(source.closed).hasValue(1);
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2"));
	}

	@ParameterizedTest
	@MethodSource("ends")
	void endOfTheSessionClosesASourceThatBlocks(Consumer<TestClient<Object>> end) {
		TestItems items = TestItems.numbers(3).blockAt(3);
		CompletableFuture<Void> done = this.session.iterate(items);
		items.awaitBlocked();
		end.accept(this.client);
		items.awaitClosed();
		assertFailedWithTheSession(done);
		assertThat(items.closed()).isOne();
		assertThat(items.pulled()).isEqualTo(2);
		assertThat(this.client.received()).startsWith(Wire.of("1", "2"));
	}

	@ParameterizedTest
	@MethodSource("ends")
	void endOfTheSessionClosesASourceThatWaitsForRoom(Consumer<TestClient<Object>> end) {
		this.client.connection().fill();
		TestItems items = TestItems.numbers(MANY);
		CompletableFuture<Void> done = this.session.iterate(items);
		TestEngine.await().until(() -> items.pulled() > 1000);
		end.accept(this.client);
		items.awaitClosed();
		assertFailedWithTheSession(done);
		assertThat(items.closed()).isOne();
		assertThat(items.pulled()).isLessThan(MANY);
	}

	@ParameterizedTest
	@MethodSource("ends")
	void endOfTheSessionClosesASourceThatIsBeingSent(Consumer<TestClient<Object>> end) {
		TestItems items = TestItems.numbers(MANY);
		CompletableFuture<Void> done = this.session.iterate(items);
		TestEngine.await().until(() -> items.pulled() > 1000);
		end.accept(this.client);
		items.awaitClosed();
		assertFailedWithTheSession(done);
		assertThat(items.closed()).isOne();
	}

	@Test
	void failedWriteClosesTheSource() {
		TestItems items = TestItems.numbers(MANY);
		this.client.connection().during(Call.WRITE, () -> {
		});
		this.client.connection().fail(Call.WRITE, new IOException("broken pipe"));
		CompletableFuture<Void> done = this.session.iterate(items);
		items.awaitClosed();
		assertFailedWithTheSession(done);
		assertThat(items.closed()).isOne();
		assertThat(this.client.received()).isEqualTo(Wire.of("1"));
	}

	@Test
	void overflowByOthersClosesTheSource() {
		TestClient<Object> slow = this.engine.connect(SessionOptions.builder().maxQueueSize(100).build());
		slow.connection().fill();
		TestItems items = TestItems.numbers(10);
		CompletableFuture<Void> done = slow.session().iterate(items);
		TestEngine.await().until(() -> items.pulled() > 5);
		this.engine.elsewhere(() -> {
			for (int i = 0; i < 200 && slow.session().isConnected(); i++) {
				slow.session().push(Wire.event("x"));
			}
		});
		items.awaitClosed();
		assertFailedWithTheSession(done);
	}

	@Test
	void sourceIsClosedAlsoIfItsCloseBlocksAndListenersAreToldMeanwhile() {
		Gate close = new Gate();
		Stream<Object> items = Stream.generate(() -> (Object) Wire.event("a")).onClose(close::pass);
		this.client.connection().fill();
		CompletableFuture<Void> done = this.session.iterate(items);
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.session.onDisconnected(reason::complete);
		this.client.connection().vanish(null);
		close.awaitArrival();
		assertFailedWithTheSession(done);
		assertThat(TestEngine.join(reason)).isEqualTo(DisconnectReason.CLIENT_GONE);
		close.open();
	}

	@Test
	void closeThatFailsIsLogged() {
		Stream<Object> items = Stream.of((Object) Wire.event("a")).onClose(() -> {
			throw new IllegalStateException("stuck");
		});
		TestEngine.join(this.session.iterate(items));
		assertThat(this.engine.log.takeWarnings()).containsExactly("WARNING A listener has failed / "
				+ "java.lang.IllegalStateException: A source of events could not be closed");
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void failureOfASourceCompletesTheFutureAndLeavesTheSessionOpen() {
		RuntimeException failure = new IllegalStateException("no more");
		TestItems items = TestItems.numbers(5).failAt(3, failure);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> TestEngine.join(this.session.iterate(items)))
			.isSameAs(failure);
		assertThat(items.closed()).isOne();
		this.session.push(Wire.event("a"));
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2", "a"));
	}

	@Test
	void failureToOpenASourceCompletesTheFuture() {
		RuntimeException failure = new IllegalStateException("closed");
		ClosableItems items = new ClosableItems(TestItems.numbers(1)) {

			@Override
			public Iterator<Object> iterator() {
				throw failure;
			}

		};
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> TestEngine.join(this.session.iterate((Iterable<Object>) items)))
			.isSameAs(failure);
		assertThat(items.closed).hasValue(1);
	}

	@Test
	void failureOfAStreamCompletesTheFuture() {
		AtomicInteger closed = new AtomicInteger();
		Stream<Integer> items = IntStream.of(1, 0).mapToObj((i) -> 1 / i).onClose(closed::incrementAndGet);
		assertThatExceptionOfType(ArithmeticException.class)
			.isThrownBy(() -> TestEngine.join(this.session.iterate(items)));
		assertThat(closed).hasValue(1);
	}

	@Test
	void streamThatWasUsedBeforeFailsTheFuture() {
		Stream<Object> items = Stream.of("a");
		assertThat(items.count()).isOne();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> TestEngine.join(this.session.iterate(items)));
	}

	@Test
	void itemThatCannotBeSerialisedCompletesTheFuture() {
		Object unserialisable = new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("unserialisable");
			}

		};
		TestItems items = new TestItems(3, (number) -> (number == 2) ? unserialisable : Wire.event("a"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(this.session.iterate(items)));
		assertThat(items.closed()).isOne();
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void errorOfASourceCompletesTheFuture() {
		Error failure = new StackOverflowError();
		Iterable<Object> items = () -> {
			throw failure;
		};
		CompletableFuture<Void> done = this.session.iterate(items);
		TestEngine.await().until(done::isDone);
		assertThat(done.handle((nothing, thrown) -> thrown).join()).isSameAs(failure);
	}

	private static void assertFailedWithTheSession(CompletableFuture<Void> done) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done))
			.withMessage("The session ended before all was sent.");
	}

	/** A source that is closed, whose iterator is closed as well. */
	private static class ClosableItems implements Iterable<Object>, AutoCloseable {

		final AtomicInteger closed = new AtomicInteger();

		private final TestItems items;

		ClosableItems(TestItems items) {
			this.items = items;
		}

		@Override
		public Iterator<Object> iterator() {
			return this.items;
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
