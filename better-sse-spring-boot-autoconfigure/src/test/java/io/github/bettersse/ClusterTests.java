package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.redis.SharedRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions on several nodes that share a log.
 */
class ClusterTests {

	private final SharedRedis redis = new SharedRedis();

	private final ClusterNode one = new ClusterNode(this.redis.newNode("one"));

	private final ClusterNode two = new ClusterNode(this.redis.newNode("two"));

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
		this.redis.close();
	}

	@Test
	void broadcastReachesTheSessionsOfAllNodes() {
		TestClient<Object> first = connect(this.one, "");
		TestClient<Object> second = connect(this.two, "");
		news(this.one).broadcast("a", "article");
		news(this.two).broadcast("b", "article");
		String expected = cursor(0) + "event: article\nid: @1\ndata: a\n\nevent: article\nid: @2\ndata: b\n\n";
		ClusterNode.awaitReceived(first, expected);
		ClusterNode.awaitReceived(second, expected);
		assertThat(first.connection().received()).isEqualTo(second.connection().received());
	}

	@Test
	void pushComesBehindTheBroadcastBeforeIt() {
		TestClient<Object> client = connect(this.one, "");
		news(this.one).broadcast("a");
		client.session().push("b");
		ClusterNode.awaitReceived(client, cursor(0) + "id: @1\ndata: a\n\ndata: b\n\n");
	}

	@Test
	void clientGoesOnAtAnotherNode() {
		TestClient<Object> client = connect(this.one, "");
		news(this.one).broadcast("a");
		ClusterNode.awaitReceived(client, cursor(0) + "id: @1\ndata: a\n\n");
		client.connection().vanish(null);
		news(this.two).broadcast("b");
		news(this.one).broadcast("c");
		String id = client.session().getLastEventId();
		ClusterNode three = new ClusterNode(this.redis.newNode("three"));
		for (ClusterNode node : List.of(this.one, this.two, three)) {
			TestEngine.await().until(() -> node.log().getPosition().sequence() == 3);
			ClusterNode.awaitReceived(connect(node, id), "id: @2\ndata: b\n\nid: @3\ndata: c\n\n");
		}
		three.close();
	}

	@Test
	void idOfAPushLeadsOnAtAnotherNode() {
		TestClient<Object> client = connect(this.one, "");
		news(this.one).broadcast("a");
		client.session().push(SseEvent.of("mine").id("own"));
		news(this.one).broadcast("b");
		TestEngine.await().until(() -> this.two.log().resolve("own").position() != null);
		ClusterNode.awaitReceived(connect(this.two, "own"), "id: @2\ndata: b\n\n");
	}

	@Test
	void filterOfTheChannelHoldsOnAllNodesAndOnReplay() {
		List<TestClient<Object>> clients = new ArrayList<>();
		for (ClusterNode node : List.of(this.one, this.two)) {
			Channel<Void, Object> channel = node.channels().channel("even", evenOnly());
			clients.add(node.connect("", "", channel::register));
		}
		for (int i = 1; i <= 4; i++) {
			this.one.channels().channel("even", evenOnly()).broadcast(i);
		}
		for (TestClient<Object> client : clients) {
			ClusterNode.awaitReceived(client, cursor(0) + "id: @2\ndata: 2\n\nid: @4\ndata: 4\n\n");
		}
		TestClient<Object> late = this.two.connect("", "",
				(session) -> this.two.channels().channel("even", evenOnly()).register(session, ReplayFrom.all()));
		ClusterNode.awaitReceived(late, "id: @2\ndata: 2\n\nid: @4\ndata: 4\n\n");
	}

	private static ChannelOptions<Void, Object> evenOnly() {
		return ChannelOptions.<Void, Object>builder()
			.history(History.ofEvents(10))
			.filter((session, event) -> Integer.parseInt(String.valueOf(event.getData())) % 2 == 0)
			.build();
	}

	@Test
	void filterOfOneBroadcastIsRefused() {
		TestClient<Object> client = connect(this.one, "");
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> news(this.one).broadcast("a", "article", (session) -> true))
			.withMessageContaining("declare it on channel 'news'");
		news(this.one).broadcast("b");
		ClusterNode.awaitReceived(client, cursor(0) + "id: @1\ndata: b\n\n");
	}

	@Test
	void positionComesOnAThreadForListeners() {
		String thread = news(this.one).broadcastAsync(SseEvent.of("a"))
			.thenApply((position) -> Thread.currentThread().getName())
			.join();
		assertThat(thread).doesNotStartWith("better-sse");
	}

	@Test
	void newcomerGetsTheLatestAtANodeThatHasJustStarted() {
		ChannelOptions<Void, Object> latest = ChannelOptions.<Void, Object>builder().latest().build();
		Channel<Void, Object> prices = this.one.channels().channel("prices", latest);
		prices.broadcast(1, "gold");
		prices.broadcast(2, "silver");
		prices.broadcast(3, "gold");
		TestEngine.await().until(() -> this.two.log().getPosition().sequence() == 3);
		ClusterNode three = new ClusterNode(this.redis.newNode("three"));
		for (ClusterNode node : List.of(this.one, this.two, three)) {
			TestClient<Object> client = node.connect("", "",
					(session) -> node.channels().channel("prices", latest).register(session));
			ClusterNode.awaitReceived(client, "event: silver\ndata: 2\n\nevent: gold\ndata: 3\n\n");
		}
		three.close();
	}

	@Test
	void commandsReachTheSessionsOfAllNodes() {
		TestClient<Object> revoked = connect(this.two, "");
		TestClient<Object> removed = this.two.connect("", "",
				(session) -> this.two.channels().channel("gone").register(session));
		TestClient<Object> user = this.two.connect("ann", "", (session) -> news(this.two).register(session));
		this.one.channels().revoke("ann", "news");
		TestEngine.await().until(() -> news(this.two).getSessionCount() == 1);
		ClusterNode.awaitReceived(user, cursor(0) + "event: channel-revoked\ndata: {\"channel\":\"news\"}\n\n");
		this.one.channels().remove("gone");
		TestEngine.await().until(() -> this.two.channels().find("gone").isEmpty());
		assertThat(removed.session().isConnected()).isTrue();
		this.one.engine().disconnect(revoked.session().getId());
		TestEngine.await().until(() -> !revoked.session().isConnected());
		ClusterNode.awaitReceived(revoked, cursor(0) + "event: disconnect\nretry: 2147483647\ndata: null\n\n");
	}

	@Test
	void nodesKnowOfEachOther() {
		connect(this.two, "");
		TestEngine.await()
			.untilAsserted(() -> assertThat(this.one.engine().getNodes())
				.extracting((node) -> node.name() + " " + node.sessionCount())
				.containsExactlyInAnyOrder("one 0", "two 1"));
		this.two.close();
		TestEngine.await()
			.untilAsserted(
					() -> assertThat(this.one.engine().getNodes()).extracting(SseNode::name).containsExactly("one"));
	}

	private static TestClient<Object> connect(ClusterNode node, String lastEventId) {
		return node.connect("", lastEventId, (session) -> news(node).register(session));
	}

	private static Channel<Void, Object> news(ClusterNode node) {
		return node.channel("news", History.ofEvents(100));
	}

	private static String cursor(long sequence) {
		return "event: stream-cursor\nid: @" + sequence + "\ndata: \n\n";
	}

}
