package io.github.bettersse;

import java.util.List;

import io.github.bettersse.redis.SharedRedis;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients get instead of an event that their node cannot read.
 */
class ClusterSkippedEventTests extends ClosingAfterEach {

	private final SharedRedis redis = closing(new SharedRedis());

	private final ClusterNode one = closing(new ClusterNode(this.redis.newNode("one")));

	private final ClusterNode two = closing(new ClusterNode(this.redis.newNode("two")));

	@Test
	void openSessionIsToldAtItsPlace() {
		TestClient<Object> both = this.one.connect("", "", (session) -> {
			kept(this.one).register(session);
			this.one.channels().channel("plain").register(session);
		});
		TestClient<Object> plain = this.two.connect("", "",
				(session) -> this.two.channels().channel("plain").register(session));
		kept(this.one).broadcast("a");
		this.redis.appendOfAnotherRelease("kept");
		kept(this.two).broadcast("b");
		this.one.channels().channel("plain").broadcast("c");
		ClusterNode.awaitReceived(both, "event: stream-cursor\nid: @0\ndata: \n\nid: @1\ndata: a\n\n"
				+ reset("kept", "") + reset("plain", "id: @2\n") + "id: @3\ndata: b\n\nid: @4\ndata: c\n\n");
		ClusterNode.awaitReceived(plain, reset("plain", "") + "id: @4\ndata: c\n\n");
	}

	@Test
	void clientThatComesBackIsToldOnAllNodes() {
		TestClient<Object> client = connect(this.one, "");
		kept(this.one).broadcast("a");
		ClusterNode.awaitReceived(client, "event: stream-cursor\nid: @0\ndata: \n\nid: @1\ndata: a\n\n");
		client.connection().vanish(null);
		String before = client.session().getLastEventId();
		this.redis.appendOfAnotherRelease("kept");
		kept(this.two).broadcast("b");
		String behind = before.replaceAll("1$", "2");
		assertThat(behind).isNotEqualTo(before);
		ClusterNode three = closing(new ClusterNode(this.redis.newNode("three")));
		for (ClusterNode node : List.of(this.one, this.two, three)) {
			TestEngine.await().until(() -> node.log().getPosition().sequence() == 3);
			ClusterNode.awaitReceived(connect(node, before), reset("kept", "id: @3\n"));
			ClusterNode.awaitReceived(connect(node, behind), "id: @3\ndata: b\n\n");
		}
	}

	private static TestClient<Object> connect(ClusterNode node, String lastEventId) {
		return node.connect("", lastEventId, (session) -> kept(node).register(session));
	}

	private static Channel<Void, Object> kept(ClusterNode node) {
		return node.channel("kept", History.ofEvents(100));
	}

	private static String reset(String channel, String id) {
		return "event: stream-reset\n" + id + "data: {\"channel\":\"" + channel + "\",\"reason\":\"trimmed\"}\n\n";
	}

}
