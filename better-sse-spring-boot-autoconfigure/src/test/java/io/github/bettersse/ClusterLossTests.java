package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.redis.RedisEventLog;
import io.github.bettersse.redis.RedisLogSettings;
import io.github.bettersse.redis.RedisProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What open sessions get when Redis cannot be reached or loses events.
 */
class ClusterLossTests {

	private static final Pattern DATA = Pattern.compile("(?m)^data: (.+)$");

	private final RedisProcess redis = RedisProcess.start();

	private ClusterNode one;

	private ClusterNode two;

	@BeforeEach
	void start() {
		RedisLogSettings settings = new RedisLogSettings("log", "node", 0, Duration.ofSeconds(1), 1024, 1024 * 1024,
				32 * 1024 * 1024, Duration.ofDays(1), 64 * 1024 * 1024);
		this.one = new ClusterNode(new RedisEventLog(this.redis.connections(), settings));
		this.two = new ClusterNode(new RedisEventLog(this.redis.connections(), settings));
	}

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
		this.redis.close();
	}

	@Test
	void everySessionIsToldAtItsPlaceWhenTheLogIsLost() {
		List<String> told = Collections.synchronizedList(new ArrayList<>());
		kept(this.two).onReset((session, replay) -> {
			told.add(replay.getResetReason() + " " + replay.isComplete());
			session.push(SseEvent.raw("snapshot"));
		});
		TestClient<Object> both = this.one.connect("", "", (session) -> {
			kept(this.one).register(session);
			this.one.channels().channel("plain").register(session);
		});
		TestClient<Object> plain = this.one.connect("", "",
				(session) -> this.one.channels().channel("plain").register(session));
		TestClient<Object> kept = this.two.connect("", "", (session) -> kept(this.two).register(session));
		kept(this.one).broadcast("a");
		ClusterNode.awaitReceived(kept, cursor(0) + "id: @1\ndata: a\n\n");
		this.redis.command("FLUSHALL");
		String start = "1048577";
		ClusterNode.awaitReceived(both, cursor(0) + "id: @1\ndata: a\n\n" + reset("kept") + reset("plain", start));
		ClusterNode.awaitReceived(plain, reset("plain"));
		ClusterNode.awaitReceived(kept,
				cursor(0) + "id: @1\ndata: a\n\n" + reset("kept", start) + "data: snapshot\n\n");
		assertThat(told).containsExactly("foreign-epoch false");
		kept(this.one).broadcast("b");
		ClusterNode.awaitReceived(kept, cursor(0) + "id: @1\ndata: a\n\n" + reset("kept", start)
				+ "data: snapshot\n\nid: @1048578\ndata: b\n\n");
		String old = both.connection().received().replaceAll("(?s).*id: (\\S+-1)\n.*", "$1");
		ClusterNode.awaitReceived(this.two.connect("", old, (session) -> kept(this.two).register(session)),
				reset("kept", "1048578") + "data: snapshot\n\n");
		String fromReset = both.session().getLastEventId().replaceAll("\\d+$", start);
		ClusterNode.awaitReceived(this.two.connect("", fromReset, (session) -> kept(this.two).register(session)),
				"id: @1048578\ndata: b\n\n");
	}

	@Test
	void sessionsStayOpenWhileRedisIsAwayAndBroadcastsFailInTime() {
		TestClient<Object> client = this.two.connect("", "", (session) -> kept(this.two).register(session));
		kept(this.one).broadcast("a");
		this.redis.freeze();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> kept(this.one).broadcast("lost?"))
			.withStackTraceContaining("within 1000 ms");
		client.session().push(SseEvent.raw("still there"));
		this.redis.resume();
		List<String> published = new ArrayList<>(List.of("a", "lost?"));
		TestEngine.await().ignoreExceptions().until(() -> {
			published.add("b" + published.size());
			kept(this.one).broadcast(published.get(published.size() - 1));
			return true;
		});
		TestClient<Object> late = this.one.connect("", "",
				(session) -> kept(this.one).register(session, ReplayFrom.all()));
		String last = "data: " + published.get(published.size() - 1) + "\n\n";
		TestEngine.await().until(() -> late.connection().received().endsWith(last));
		List<String> logged = DATA.matcher(late.connection().received())
			.results()
			.map((data) -> data.group(1))
			.toList();
		assertThat(logged).startsWith("a");
		assertThat(published).as("each once, in order").containsSubsequence(logged);
		StringBuilder expected = new StringBuilder(cursor(0) + "id: @1\ndata: a\n\ndata: still there\n\n");
		for (int i = 1; i < logged.size(); i++) {
			expected.append("id: @%d\ndata: %s\n\n".formatted(i + 1, logged.get(i)));
		}
		ClusterNode.awaitReceived(client, expected.toString());
		assertThat(client.session().isConnected()).isTrue();
	}

	private static Channel<Void, Object> kept(ClusterNode node) {
		return node.channel("kept", History.ofEvents(100));
	}

	private static String cursor(long sequence) {
		return "event: stream-cursor\nid: @" + sequence + "\ndata: \n\n";
	}

	private static String reset(String channel) {
		return "event: stream-reset\ndata: {\"channel\":\"" + channel + "\",\"reason\":\"foreign-epoch\"}\n\n";
	}

	private static String reset(String channel, String sequence) {
		return reset(channel).replace("\ndata:", "\nid: @" + sequence + "\ndata:");
	}

}
