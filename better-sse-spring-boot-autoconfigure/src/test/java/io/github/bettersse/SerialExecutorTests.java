package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tasks of one session on an executor of many threads.
 */
class SerialExecutorTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final List<Object> ran = new ArrayList<>();

	@Test
	void tasksOfManyThreadsRunOneAtATime() {
		SerialExecutor executor = executor(this.engine::start);
		AtomicBoolean inside = new AtomicBoolean();
		List<Future<?>> submitting = new ArrayList<>();
		for (int thread = 0; thread < 4; thread++) {
			submitting.add(this.engine.start(() -> {
				for (int i = 0; i < 500; i++) {
					executor.execute(() -> {
						assertThat(inside.compareAndSet(false, true)).isTrue();
						this.ran.add("task");
						inside.set(false);
					});
				}
			}));
		}
		submitting.forEach(TestEngine::join);
		Gate last = new Gate();
		executor.execute(last::pass);
		last.awaitArrival().open();
		assertThat(this.ran).hasSize(2000);
	}

	@Test
	void taskThatATaskBringsRunsAfterIt() {
		SerialExecutor executor = executor(Runnable::run);
		executor.execute(() -> {
			executor.execute(() -> this.ran.add("inner"));
			this.ran.add("outer");
		});
		assertThat(this.ran).containsExactly("outer", "inner");
	}

	@Test
	void tasksRunOnThreadsOfTheLibrary() {
		SerialExecutor executor = executor(Runnable::run);
		executor.execute(() -> this.ran.add(LibraryThread.isCurrent()));
		LibraryThread.run(() -> executor.execute(() -> this.ran.add(LibraryThread.isCurrent())));
		assertThat(this.ran).containsExactly(true, true);
		assertThat(LibraryThread.isCurrent()).isFalse();
	}

	@Test
	void tasksThatTheExecutorDoesNotTakeRunElsewhereInOrder() {
		SerialExecutor executor = executor((task) -> {
			throw new RejectedExecutionException("full");
		});
		Gate gate = new Gate();
		executor.execute(gate::pass);
		executor.execute(() -> this.ran.add("next"));
		gate.awaitArrival().open();
		CompletableFuture<Thread> last = new CompletableFuture<>();
		executor.execute(() -> last.complete(Thread.currentThread()));
		assertThat(TestEngine.join(last)).isNotSameAs(Thread.currentThread());
		assertThat(this.ran).containsExactly("next");
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING Listeners run elsewhere: their executor has not taken them / "
					+ "java.util.concurrent.RejectedExecutionException: full");
	}

	private SerialExecutor executor(Executor executor) {
		return new SerialExecutor(executor, this.engine.parts().failures());
	}

}
