package io.github.bettersse;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
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
			CompletableFuture<Void> cancelled = new CompletableFuture<>();
			timer.schedule(() -> TestEngine.join(cancelled), 0);
			AtomicBoolean ran = new AtomicBoolean();
			CompletableFuture<Boolean> later = new CompletableFuture<>();
			Runnable cancel = timer.schedule(() -> ran.set(true), 1);
			timer.schedule(() -> later.complete(ran.get()), TimeUnit.MILLISECONDS.toNanos(1));
			cancel.run();
			cancelled.complete(null);
			assertThat(TestEngine.join(later)).isFalse();
		}
	}

	@Test
	void tasksRunInTheOrderOfTheirTimes() throws Exception {
		try (ScheduledTimer timer = new ScheduledTimer()) {
			BlockingQueue<Integer> ran = new LinkedBlockingQueue<>();
			CompletableFuture<Void> allSet = new CompletableFuture<>();
			timer.schedule(() -> TestEngine.join(allSet), 0);
			long start = timer.nanoTime();
			for (int i : List.of(3, 1, 4, 0, 2)) {
				timer.schedule(() -> ran.add(i), start + TimeUnit.MILLISECONDS.toNanos(i) - timer.nanoTime());
			}
			allSet.complete(null);
			for (int i = 0; i < 5; i++) {
				assertThat(next(ran)).isEqualTo(i);
			}
		}
	}

	@Test
	void alarmRingsAtTheEarliestTimeThatItIsSetFor() throws Exception {
		try (ScheduledTimer timer = new ScheduledTimer()) {
			BlockingQueue<Long> rings = new LinkedBlockingQueue<>();
			Alarm alarm = alarm(() -> rings.add(timer.nanoTime()));
			timer.set(alarm, TimeUnit.HOURS.toNanos(1));
			timer.set(alarm, 1);
			timer.set(alarm, TimeUnit.HOURS.toNanos(2));
			assertThat(next(rings)).isNotNull();
			timer.set(alarm, 1);
			assertThat(next(rings)).isNotNull();
			assertThat(rings).isEmpty();
		}
	}

	@Test
	void alarmThatIsCancelledCanNotBeSetAgain() throws Exception {
		try (ScheduledTimer timer = new ScheduledTimer()) {
			BlockingQueue<Boolean> rings = new LinkedBlockingQueue<>();
			Alarm cancelled = alarm(() -> rings.add(false));
			timer.set(cancelled, TimeUnit.HOURS.toNanos(1));
			timer.cancel(cancelled);
			timer.set(cancelled, 0);
			timer.set(alarm(() -> rings.add(true)), 0);
			assertThat(next(rings)).isTrue();
			assertThat(rings).isEmpty();
		}
	}

	@Test
	void taskThatThrowsKeepsNoOtherFromRunning() {
		try (LibraryLog log = new LibraryLog(); ScheduledTimer timer = new ScheduledTimer()) {
			timer.schedule(() -> {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("as expected");
			}, 0);
			CompletableFuture<Void> ran = new CompletableFuture<>();
			timer.schedule(() -> ran.complete(null), TimeUnit.MILLISECONDS.toNanos(1));
			TestEngine.join(ran);
			assertThat(log.takeWarnings())
				.containsExactly("SEVERE What was to be done at a time has failed unexpectedly / "
						+ "java.lang.IllegalStateException: as expected");
		}
	}

	@Test
	void farTimesAreFar() {
		try (ScheduledTimer timer = new ScheduledTimer()) {
			AtomicBoolean ran = new AtomicBoolean();
			CompletableFuture<Boolean> later = new CompletableFuture<>();
			timer.schedule(() -> ran.set(true), Long.MAX_VALUE);
			timer.schedule(() -> later.complete(ran.get()), TimeUnit.MILLISECONDS.toNanos(1));
			assertThat(TestEngine.join(later)).isFalse();
		}
	}

	@Test
	void threadEndsWithTheTimer() {
		ScheduledTimer timer = new ScheduledTimer();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		timer.schedule(() -> thread.complete(Thread.currentThread()), 0);
		Thread running = TestEngine.join(thread);
		assertThat(running.isDaemon()).isTrue();
		assertThat(running.getContextClassLoader()).isNull();
		Runnable cancel = timer.schedule(() -> {
		}, TimeUnit.HOURS.toNanos(1));
		timer.close();
		cancel.run();
		TestEngine.await().until(() -> !running.isAlive());
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

	private static Alarm alarm(Runnable task) {
		return new Alarm() {

			@Override
			void ring() {
				task.run();
			}

		};
	}

	private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
		return queue.poll(10, TimeUnit.SECONDS);
	}

}
