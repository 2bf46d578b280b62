package io.github.bettersse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.bettersse.SseException;
import io.github.bettersse.eventlog.LogCursor;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What happens when Redis cannot be reached, or does not answer, for a while.
 */
class RedisLinkTests extends RedisFaults {

	@Test
	void appendFailsInTimeAndTheNextOnesSucceedWhenRedisGoesOn() {
		RedisProcess redis = start();
		LogNode one = node(redis.port(), IMPATIENT);
		LogNode two = node(redis.port(), IMPATIENT);
		one.append("a");
		redis.freeze();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> one.append("b"))
			.withCauseInstanceOf(SseException.class)
			.withMessageContaining("within 500 ms");
		redis.resume();
		await().ignoreExceptions().until(() -> one.append("c") != null);
		await().untilAsserted(() -> assertThat(two.followed()).contains("c").isEqualTo(one.followed()));
		assertThat(two.followed()).as("in the log at most once").doesNotHaveDuplicates().doesNotContain("[trimmed]");
		assertThat(two.followed()).startsWith("a");
	}

	@Test
	void callerWaitsWhileTooManyAreOnTheirWay() {
		RedisProcess redis = start();
		LogNode one = node(redis.port(), new RedisLogSettings("log", "node", 0, Duration.ofSeconds(20), 2, 1024 * 1024,
				1024 * 1024, Duration.ofDays(1), 1024 * 1024));
		redis.freeze();
		List<CompletableFuture<Position>> appended = new ArrayList<>();
		appended.add(one.appendAsync("news", "a"));
		appended.add(one.appendAsync("news", "b"));
		CompletableFuture<Boolean> third = CompletableFuture
			.supplyAsync(() -> appended.add(one.appendAsync("news", "c")));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> third.get(200, TimeUnit.MILLISECONDS));
		redis.resume();
		third.join();
		assertThat(appended).extracting((position) -> position.join().sequence()).containsExactly(1L, 2L, 3L);
		one.awaitFollowed("a", "b", "c");
	}

	@Test
	void appendFailsInTimeWithoutTheReplicasThatItWaitsFor() {
		RedisProcess redis = start();
		LogNode one = node(redis.port(), LogNode.settings(Duration.ofMillis(500), 1, 1024 * 1024));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> one.append("a"))
			.withCauseInstanceOf(SseException.class)
			.withMessageContaining("within 500 ms");
		start("--replicaof", "127.0.0.1", String.valueOf(redis.port()));
		AtomicInteger tries = new AtomicInteger();
		await().ignoreExceptions().until(() -> one.append("b" + tries.incrementAndGet()) != null);
		assertThat(one.followed()).startsWith("a").endsWith("b" + tries).doesNotHaveDuplicates();
	}

	@Test
	void whatHasNoAnswerIsAppendedOnce() {
		RedisProcess redis = start();
		RedisProxy proxy = closing(new RedisProxy(redis.port()));
		LogNode one = node(proxy.port(), PATIENT);
		LogNode two = node(redis.port(), PATIENT);
		one.append("a");
		proxy.loseAnswers(true);
		CompletableFuture<Position> unanswered = one.appendAsync("news", "b");
		two.awaitFollowed("a", "b");
		assertThat(unanswered).isNotDone();
		proxy.loseAnswers(false);
		proxy.cut();
		assertThat(unanswered.join().sequence()).isEqualTo(2);
		one.append("c");
		one.awaitFollowed("a", "b", "c");
		two.awaitFollowed("a", "b", "c");
	}

	@Test
	void nodeThatIsBehindCatchesUpBeforeItCallsAnIdUnknown() throws Exception {
		RedisProcess redis = start();
		RedisProxy proxy = closing(new RedisProxy(redis.port()));
		LogNode one = node(redis.port(), PATIENT);
		LogNode two = node(proxy.port(), PATIENT);
		proxy.hold(true);
		Position position = one.append("a");
		CompletableFuture<LogCursor> cursor = CompletableFuture
			.supplyAsync(() -> two.log().resolve(position.toString()));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> cursor.get(100, TimeUnit.MILLISECONDS));
		proxy.hold(false);
		assertThat(cursor.join()).isEqualTo(LogCursor.at(position));
		assertThat(two.log().resolve(position.next().toString())).isEqualTo(LogCursor.lost(ResetReason.FORGED));
	}

	@Test
	void serverThatDoesNotAnswerIsNotTakenForOneThatForgets() {
		RedisProcess redis = start(DURABLE);
		RedisProxy proxy = closing(new RedisProxy(redis.port()));
		proxy.loseAnswersFrom("CONFIG");
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> node(proxy.port(), PATIENT));
	}

	@Test
	void cutLinksLoseNothing() {
		RedisProcess redis = start();
		RedisProxy proxy = closing(new RedisProxy(redis.port()));
		LogNode one = node(proxy.port(), PATIENT);
		LogNode two = node(redis.port(), PATIENT);
		List<CompletableFuture<Position>> appended = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			appended.add(one.appendAsync("news", "one" + i));
			appended.add(two.appendAsync("news", "two" + i));
			if (i % 50 == 25) {
				proxy.cut();
			}
		}
		CompletableFuture.allOf(appended.toArray(CompletableFuture[]::new)).join();
		await().untilAsserted(() -> assertThat(one.followed()).hasSize(800).isEqualTo(two.followed()));
		for (String name : List.of("one", "two")) {
			assertThat(one.followed().stream().filter((text) -> text.startsWith(name)))
				.containsExactlyElementsOf(IntStream.range(0, 400).mapToObj((i) -> name + i).toList());
		}
	}

	@Test
	void newNodeThatKnowsNothingDoesNotTakeTheLogBack() {
		RedisProcess redis = start();
		RedisProxy proxy = closing(new RedisProxy(redis.port()));
		LogNode one = node(proxy.port(), PATIENT);
		Position last = IntStream.range(0, 10).mapToObj((i) -> one.append("a" + i)).toList().get(9);
		proxy.refuse(true);
		redis.command("FLUSHALL");
		LogNode fresh = node(redis.port(), PATIENT);
		fresh.append("b");
		proxy.refuse(false);
		await().untilAsserted(() -> assertThat(one.followed()).endsWith("[foreign-epoch]"));
		Position next = one.append("c");
		assertThat(next.sequence()).isGreaterThan(last.sequence());
		fresh.awaitFollowed("b", "[foreign-epoch]", "c");
		await().untilAsserted(() -> assertThat(one.followed()).hasSize(12).endsWith("[foreign-epoch]", "c"));
	}

	@Test
	void nodeThatWasAwayGetsWhatIsRetainedAndIsToldOfTheRest() {
		RedisProcess redis = start();
		RedisProxy proxy = closing(new RedisProxy(redis.port()));
		RedisLogSettings small = LogNode.settings(Duration.ofSeconds(20), 0, 20_000);
		LogNode one = node(proxy.port(), small);
		LogNode two = node(redis.port(), small);
		two.append("a");
		one.awaitFollowed("a");
		proxy.refuse(true);
		String padding = "-".repeat(1000);
		List<String> missed = IntStream.range(0, 100).mapToObj((i) -> i + padding).toList();
		missed.forEach(two::append);
		proxy.refuse(false);
		await().untilAsserted(() -> assertThat(one.followed()).endsWith("[trimmed]"));
		assertThat(one.followed().subList(1, 101)).isEqualTo(missed);
		assertThat(one.lastLoss().test("news")).as("all of it is retained").isFalse();
		two.append("b");
		await().untilAsserted(() -> assertThat(one.followed()).hasSize(103).endsWith("b"));
	}

}
