package io.github.bettersse.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.eventlog.LogCursor;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens when Redis has lost what it had, or may have.
 */
class RedisRestartTests extends RedisFaults {

	@Test
	void restartOfADurableServerLosesNothing() {
		RedisProcess redis = start(DURABLE);
		LogNode one = node(redis.port(), PATIENT);
		LogNode two = node(redis.port(), PATIENT);
		Position first = one.append("a");
		two.awaitFollowed("a");
		redis.kill();
		CompletableFuture<Position> waiting = one.appendAsync("news", "b");
		redis.restart();
		assertThat(waiting.join().epoch()).as("a new epoch").isNotEqualTo(first.epoch());
		two.append("c");
		one.awaitFollowed("a", "b", "c");
		two.awaitFollowed("a", "b", "c");
		for (LogNode node : List.of(one, two, node(redis.port(), PATIENT))) {
			LogCursor cursor = node.log().resolve(first.toString());
			assertThat(cursor.position()).isNotNull();
			assertThat(node.log().isRetained("news", cursor.position())).isTrue();
			assertThat(node.retained("news")).containsExactly("a", "b", "c");
		}
	}

	@Test
	void restartWithoutTheTailIsToldToAll() {
		RedisProcess redis = start(DURABLE);
		LogNode one = node(redis.port(), PATIENT);
		LogNode two = node(redis.port(), PATIENT);
		Position first = one.append("a");
		Position second = one.append("b");
		two.awaitFollowed("a", "b");
		redis.kill();
		redis.cutTail(10);
		redis.restart();
		Position third = two.append("c");
		awaitToldAndGoingOn(one, two);
		assertThat(third.sequence()).as("no position is used twice").isGreaterThan(second.sequence());
		for (Position old : List.of(first, second)) {
			assertThat(isLost(one, old)).isTrue();
		}
	}

	private static boolean isLost(LogNode node, Position position) {
		LogCursor cursor = node.log().resolve(position.toString());
		return cursor.reason() == ResetReason.FOREIGN_EPOCH
				|| (cursor.position() != null && !node.log().isRetained("news", cursor.position()));
	}

	@Test
	void restartWithoutAFileIsToldToAll() {
		RedisProcess redis = start();
		LogNode one = node(redis.port(), PATIENT);
		LogNode two = node(redis.port(), PATIENT);
		Position first = one.append("a");
		two.awaitFollowed("a");
		redis.kill();
		redis.restart();
		Position second = one.append("b");
		one.awaitFollowed("a", "[foreign-epoch]", "b");
		two.awaitFollowed("a", "[foreign-epoch]", "b");
		assertThat(second.sequence()).isGreaterThan(first.sequence());
		assertThat(two.log().resolve(first.toString())).isEqualTo(LogCursor.lost(ResetReason.FOREIGN_EPOCH));
	}

	@Test
	void flushIsToldToAllWithoutAnybodyAppending() {
		RedisProcess redis = start();
		LogNode one = node(redis.port(), PATIENT);
		LogNode two = node(redis.port(), PATIENT);
		one.append("a");
		two.awaitFollowed("a");
		redis.command("FLUSHALL");
		one.awaitFollowed("a", "[foreign-epoch]");
		two.awaitFollowed("a", "[foreign-epoch]");
		one.append("b");
		two.awaitFollowed("a", "[foreign-epoch]", "b");
		assertThat(one.retained("news")).containsExactly("b");
		assertThat(two.retained("news")).containsExactly("b");
	}

	@Test
	void failoverToAReplicaThatIsBehindIsToldToAll() {
		failover(0, true);
	}

	@Test
	void failoverToAReplicaThatHasAllLosesNothingIfReplicasAreWaitedFor() {
		failover(1, false);
	}

	/** The first node after the failover is one that had lagged. */
	private void failover(int waitReplicas, boolean behind) {
		RedisProcess master = start();
		RedisProxy replication = closing(new RedisProxy(master.port()));
		RedisProcess replica = start("--replicaof", "127.0.0.1", String.valueOf(replication.port()));
		await().until(() -> master.info("replication").contains("state=online"));
		RedisProxy first = closing(new RedisProxy(master.port()));
		RedisProxy second = closing(new RedisProxy(master.port()));
		RedisLogSettings settings = LogNode.settings(Duration.ofSeconds(20), waitReplicas, 32 * 1024 * 1024);
		LogNode one = node(first.port(), settings);
		LogNode two = node(second.port(), settings);
		one.append("a");
		two.awaitFollowed("a");
		await().until(() -> offset(replica).equals(offset(master)));
		second.refuse(true);
		replication.refuse(behind);
		Position lost = one.append("b");
		master.kill();
		replica.command("REPLICAOF", "NO", "ONE");
		start("--replicaof", "127.0.0.1", String.valueOf(replica.port()));
		second.refuse(false);
		second.leadTo(replica.port());
		Position next = two.append("c");
		first.leadTo(replica.port());
		assertThat(next.sequence()).as("no position is used twice").isGreaterThan(lost.sequence());
		if (behind) {
			awaitToldAndGoingOn(one, two);
		}
		else {
			one.awaitFollowed("a", "b", "c");
			two.awaitFollowed("a", "b", "c");
		}
	}

	private static String offset(RedisProcess redis) {
		return redis.info("replication").replaceAll("(?s).*master_repl_offset=(\\d+).*", "$1");
	}

}
