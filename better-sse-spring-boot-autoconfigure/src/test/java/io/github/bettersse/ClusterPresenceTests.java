package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisProxy;
import io.github.bettersse.redis.SharedRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is there, over several nodes.
 */
class ClusterPresenceTests {

	private final SharedRedis redis = new SharedRedis();

	private final ClusterNode one = new ClusterNode(this.redis.newNode("one"));

	private final RedisProxy link = new RedisProxy(SharedRedis.server().port());

	private final LettuceConnectionFactory connections = RedisProcess.connections(this.link.port());

	private final ClusterNode two = new ClusterNode(this.redis.newNode("two", this.connections));

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	ClusterPresenceTests() {
		for (ClusterNode node : List.of(this.one, this.two)) {
			node.channels()
				.channel("news")
				.onJoined((user) -> this.told.add("+" + user))
				.onLeft((user) -> this.told.add("-" + user));
		}
	}

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
		this.redis.close();
		this.connections.destroy();
		this.link.close();
	}

	@Test
	void sessionsOfAllNodesCountAndUsersJoinAndLeaveOnce() {
		TestClient<Object> first = connect(this.one, "ann");
		awaitPresence(1, "ann");
		TestClient<Object> second = connect(this.two, "ann");
		connect(this.two, "");
		awaitPresence(3, "ann");
		connect(this.two, "bob");
		awaitPresence(4, "ann", "bob");
		assertThat(this.one.channels().channel("news").getSessionCount()).as("of this node").isEqualTo(1);
		assertThat(this.one.channels().isOnline("bob")).isTrue();
		assertThat(this.one.channels().isOnline("carl")).isFalse();
		first.connection().vanish(null);
		awaitPresence(3, "ann", "bob");
		second.connection().vanish(null);
		awaitPresence(2, "bob");
		awaitTold("+ann", "+bob", "-ann");
	}

	@Test
	void nodeThatStartsLearnsWhoIsThere() {
		connect(this.one, "ann");
		ClusterNode three = new ClusterNode(this.redis.newNode("three"));
		TestEngine.await()
			.untilAsserted(
					() -> assertThat(three.channels().channel("news").getPresence().getUsers()).containsExactly("ann"));
		three.close();
		awaitTold("+ann");
	}

	@Test
	void sessionsOfANodeThatEndsLeave() {
		connect(this.one, "ann");
		connect(this.two, "bob");
		awaitPresence(2, "ann", "bob");
		this.two.close();
		awaitPresence(this.one, 1, "ann");
		awaitTold("+ann", "+bob", "-bob");
	}

	@Test
	void sessionsOfANodeThatIsKilledLeaveOnceWithinTenSeconds() {
		connect(this.one, "ann");
		connect(this.two, "bob");
		awaitPresence(2, "ann", "bob");
		ClusterNode three = new ClusterNode(this.redis.newNode("three"));
		three.channels().channel("news").onLeft((user) -> this.told.add("-" + user));
		this.two.kill();
		TestEngine.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> !this.one.channels().channel("news").getPresence().getUsers().contains("bob"));
		awaitPresence(this.one, 1, "ann");
		awaitPresence(three, 1, "ann");
		assertThat(this.one.engine().getNodes()).extracting(SseNode::name).containsExactlyInAnyOrder("one", "three");
		three.close();
		assertThat(this.told.stream().sorted()).containsExactly("+ann", "+bob", "-bob");
	}

	@Test
	void sessionsOfANodeThatIsNotHeardOfForTooLongLeaveAndJoinAgain() {
		connect(this.two, "bob");
		awaitPresence(1, "bob");
		awaitTold("+bob");
		this.link.hold(true);
		awaitPresence(this.one, 0);
		awaitTold("+bob", "-bob");
		TestClient<Object> ann = connect(this.one, "ann");
		awaitPresence(this.one, 1, "ann");
		assertThat(this.two.channels().channel("news").getPresence().getUsers()).containsExactly("bob");
		this.link.hold(false);
		awaitPresence(2, "ann", "bob");
		awaitTold("+bob", "-bob", "+ann", "+bob");
		ann.connection().vanish(null);
		awaitPresence(1, "bob");
		awaitTold("+bob", "-bob", "+ann", "+bob", "-ann");
		assertThat(this.one.engine().getNodes()).extracting(SseNode::name).containsExactlyInAnyOrder("one", "two");
	}

	private TestClient<Object> connect(ClusterNode node, String user) {
		return node.connect(user, "", (session) -> node.channels().channel("news").register(session));
	}

	private void awaitPresence(int sessions, String... users) {
		awaitPresence(this.one, sessions, users);
		awaitPresence(this.two, sessions, users);
	}

	private static void awaitPresence(ClusterNode node, int sessions, String... users) {
		TestEngine.await().untilAsserted(() -> {
			Presence presence = node.channels().channel("news").getPresence();
			assertThat(presence.getSessionCount()).isEqualTo(sessions);
			assertThat(presence.getUsers()).containsExactlyInAnyOrder(users);
		});
	}

	private void awaitTold(String... expected) {
		TestEngine.await().untilAsserted(() -> assertThat(this.told).containsExactlyInAnyOrder(expected));
	}

}
