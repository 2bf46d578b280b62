package io.github.bettersse;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A listener that waits for what comes only after it is told so, and does not hang.
 */
class SelfWaitTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	/** A way to wait. */
	private record Wait(String name, Waiting waiting) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	@FunctionalInterface
	private interface Waiting {

		Object of(CompletableFuture<Void> future) throws Exception;

	}

	static Stream<Wait> waits() {
		return Stream.of(new Wait("join", CompletableFuture::join), new Wait("get", CompletableFuture::get),
				new Wait("get for a time", (future) -> future.get(1, TimeUnit.MINUTES)));
	}

	@ParameterizedTest
	@MethodSource("waits")
	void listenerThatWaitsForItsOwnSessionFails(Wait wait) {
		for (Callable<CompletableFuture<Void>> sending : List.<Callable<CompletableFuture<Void>>>of(
				() -> this.session.push("a").flush(), () -> this.session.batch((buffer) -> buffer.push("a")),
				() -> this.session.iterate(List.of("a")))) {
			assertThat(inListener(() -> wait.waiting().of(sending.call()))).isInstanceOf(IllegalStateException.class)
				.hasMessage("A listener waits for something of its own session, which would come only after it: "
						+ "listeners of one session run one after the other. Go on with thenRun, thenAccept or "
						+ "whenComplete of the future, not with join or get.");
		}
	}

	@ParameterizedTest
	@MethodSource("waits")
	void listenerMayWaitForAnotherSession(Wait wait) {
		TestClient<Object> other = this.engine.connect();
		assertThat(inListener(() -> wait.waiting().of(other.session().push("a").flush()))).isNull();
	}

	@ParameterizedTest
	@MethodSource("waits")
	void anyoneElseMayWait(Wait wait) throws Exception {
		assertThat(wait.waiting().of(this.session.push("a").flush())).isNull();
	}

	@Test
	void listenerMayAskWhatIsDone() {
		CompletableFuture<Void> flushed = this.session.push("a").flush();
		TestEngine.join(flushed);
		assertThat(inListener(flushed::join)).isNull();
	}

	@Test
	void listenerMayGoOnLater() {
		CompletableFuture<String> later = new CompletableFuture<>();
		assertThat(inListener(() -> this.session.push("a").flush().thenRun(() -> later.complete("later")))).isNull();
		assertThat(TestEngine.join(later)).isEqualTo("later");
	}

	private Throwable inListener(Callable<?> action) {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		this.session.onConnected(() -> failure.complete(catchThrowable(action::call)));
		return TestEngine.join(failure);
	}

}
