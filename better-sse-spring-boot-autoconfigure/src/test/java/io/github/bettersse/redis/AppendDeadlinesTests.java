package io.github.bettersse.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AppendDeadlinesTests {

	@Test
	void whatIsNotDoneInTimeFails() {
		AppendDeadlines deadlines = new AppendDeadlines(Duration.ofMillis(50));
		CompletableFuture<String> done = added(deadlines);
		CompletableFuture<String> first = added(deadlines);
		done.complete("done");
		awaitFailed(first);
		assertThat(done).isCompletedWithValue("done");
	}

	@Test
	void whatIsAddedLaterFailsLater() {
		AppendDeadlines deadlines = new AppendDeadlines(Duration.ofMillis(200));
		CompletableFuture<String> first = added(deadlines);
		CompletableFuture<String> second = new CompletableFuture<>();
		CompletableFuture<Long> added = new CompletableFuture<>();
		first.whenComplete((value, failure) -> {
			added.complete(System.nanoTime());
			deadlines.add(second);
		});
		awaitFailed(second);
		assertThat(System.nanoTime() - added.join()).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
	}

	@Test
	void timerBeginsAgainAfterNothingWasLeft() {
		AppendDeadlines deadlines = new AppendDeadlines(Duration.ofMillis(50));
		CompletableFuture<String> done = added(deadlines);
		done.complete("done");
		awaitFailed(added(deadlines));
		awaitFailed(added(deadlines));
	}

	private static CompletableFuture<String> added(AppendDeadlines deadlines) {
		CompletableFuture<String> future = new CompletableFuture<>();
		deadlines.add(future);
		return future;
	}

	private static void awaitFailed(CompletableFuture<String> future) {
		await().until(future::isCompletedExceptionally);
		assertThat(future.handle((value, failure) -> failure).join()).isInstanceOf(TimeoutException.class);
	}

}
