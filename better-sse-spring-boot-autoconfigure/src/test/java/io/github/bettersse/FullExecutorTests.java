package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A source that the task executor does not take fails, it does not hang.
 */
class FullExecutorTests {

	private final AtomicBoolean full = new AtomicBoolean();

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.executor((task) -> {
		if (this.full.getAndSet(false)) {
			throw new RejectedExecutionException("full");
		}
		new Thread(task).start();
	}));

	private final TestClient<Object> client = this.engine.connect();

	@Test
	void sourceThatCannotBePulledIsGivenBack() {
		TestItems items = TestItems.numbers(1);
		this.full.set(true);
		CompletableFuture<Void> done = this.client.session().iterate(items);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> TestEngine.join(done));
		assertThat(items.closed()).isOne();
		assertThat(items.pulled()).isZero();
	}

	@Test
	void publisherThatCannotBeAskedIsCancelled() {
		TestPublisher publisher = new TestPublisher();
		this.full.set(true);
		CompletableFuture<Void> done = this.client.session().stream(publisher);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> TestEngine.join(done));
		assertThat(publisher.cancelled()).isOne();
	}

	@Test
	void returnedStageThatCannotBeStreamedEndsTheStream() throws Exception {
		TestClient<Object> own = this.engine.prepare();
		CompletableFuture<Object> stage = new CompletableFuture<>();
		own.opening().stream(stage);
		TestEngine.await().until(() -> own.connection().isStarted());
		this.full.set(true);
		stage.complete("a");
		assertThat(own.session().isConnected()).isFalse();
		assertThat(this.engine.log.takeWarnings()).singleElement()
			.asString()
			.startsWith("SEVERE The source of session")
			.endsWith("java.util.concurrent.RejectedExecutionException: full");
	}

}
