package io.github.bettersse.redis;

import java.time.Duration;
import java.util.List;

import io.github.bettersse.ClosingAfterEach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes of one log whose Redis, or the link to it, does something else than to work.
 */
abstract class RedisFaults extends ClosingAfterEach {

	static final RedisLogSettings PATIENT = LogNode.settings(Duration.ofSeconds(20), 0, 32 * 1024 * 1024);

	static final RedisLogSettings IMPATIENT = LogNode.settings(Duration.ofMillis(500), 0, 32 * 1024 * 1024);

	static final String[] DURABLE = { "--appendonly", "yes", "--appendfsync", "always" };

	final RedisProcess start(String... options) {
		return closing(RedisProcess.start(options));
	}

	final LogNode node(int port, RedisLogSettings settings) {
		return closing(new LogNode(port, settings));
	}

	/**
	 * All are told at least once, and get what comes after that. What was appended before
	 * the last one is told counts as lost, too.
	 */
	static void awaitToldAndGoingOn(LogNode one, LogNode two) {
		await().untilAsserted(() -> {
			assertThat(one.followed()).contains("[foreign-epoch]");
			assertThat(two.followed()).contains("[foreign-epoch]");
			assertThat(one.log().getPosition()).isEqualTo(two.log().getPosition());
		});
		one.append("d");
		for (LogNode node : List.of(one, two)) {
			await().untilAsserted(() -> assertThat(node.followed()).endsWith("d"));
			assertThat(node.followed().subList(0, node.followed().indexOf("[foreign-epoch]"))).doesNotContain("c");
			assertThat(node.retained("news")).isEqualTo(one.retained("news"));
		}
	}

}
