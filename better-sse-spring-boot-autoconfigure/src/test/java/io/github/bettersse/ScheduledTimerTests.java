package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The timer that engines have outside of tests.
 */
class ScheduledTimerTests {

	@Test
	void taskRunsNotBeforeItsTime() {
		try (ScheduledTimer timer = new ScheduledTimer()) {
			long start = timer.nanoTime();
			CompletableFuture<Long> ran = new CompletableFuture<>();
			long delay = TimeUnit.MILLISECONDS.toNanos(5);
			timer.schedule(() -> ran.complete(timer.nanoTime()), delay);
			assertThat(TestEngine.join(ran) - start).isGreaterThanOrEqualTo(delay);
		}
	}

	@Test
	void taskThatIsTakenBackDoesNotRun() {
		try (ScheduledTimer timer = new ScheduledTimer()) {
			AtomicBoolean ran = new AtomicBoolean();
			CompletableFuture<Boolean> later = new CompletableFuture<>();
			long delay = TimeUnit.MILLISECONDS.toNanos(20);
			Runnable cancel = timer.schedule(() -> ran.set(true), delay);
			timer.schedule(() -> later.complete(ran.get()), delay + 1);
			cancel.run();
			assertThat(TestEngine.join(later)).isFalse();
		}
	}

	@Test
	void tasksAreDroppedAfterTheEnd() {
		AtomicBoolean ran = new AtomicBoolean();
		ScheduledTimer timer = new ScheduledTimer();
		timer.schedule(() -> ran.set(true), TimeUnit.HOURS.toNanos(1));
		timer.close();
		timer.schedule(() -> ran.set(true), 0).run();
		assertThat(ran).isFalse();
	}

}
