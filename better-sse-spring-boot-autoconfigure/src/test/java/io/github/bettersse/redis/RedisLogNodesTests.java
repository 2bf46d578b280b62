package io.github.bettersse.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

import io.github.bettersse.LogRecorder;
import io.github.bettersse.SseException;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogCursor;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.Retention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.stream.ByteRecord;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamRecords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Several nodes of one log, on a Redis that is always there.
 */
class RedisLogNodesTests {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private static final Retention ALL = LogNode.ALL;

	private final SharedRedis redis = new SharedRedis();

	private RedisEventLog one;

	private RedisEventLog two;

	@BeforeEach
	void start() {
		this.one = this.redis.newNode();
		this.two = this.redis.newNode();
	}

	@AfterEach
	void close() {
		this.redis.close();
	}

	@Test
	void whatOneNodeAppendsAllHave() {
		assertThat(this.two.getPosition()).isEqualTo(this.one.getPosition());
		Position first = append(this.one, SseEvent.of("a").name("n").id("mine"), ALL);
		Position second = append(this.two, SseEvent.of("b"), ALL);
		assertThat(second).isEqualTo(first.next());
		awaitPosition(this.one, second);
		for (RedisEventLog node : List.of(this.one, this.two)) {
			assertThat(frames(node)).containsExactly("event: n\nid: mine\ndata: a\n\n",
					"id: " + second + "\ndata: b\n\n");
			assertThat(node.resolve("mine")).isEqualTo(LogCursor.at(first));
		}
	}

	@Test
	void idOfAPushIsKnownEverywhere() {
		Position position = append(this.one, SseEvent.of("a"), ALL);
		this.one.remember("pushed", position);
		await().until(() -> LogCursor.at(position).equals(this.two.resolve("pushed")));
		assertThat(this.redis.newNode().resolve("pushed")).isEqualTo(LogCursor.at(position));
	}

	@Test
	void nodeThatStartsKnowsWhatTheOthersRetain() {
		for (int i = 1; i <= 6; i++) {
			append(this.one, SseEvent.of("event" + i).id("id" + i), new Retention(3, Duration.ZERO, 0));
		}
		append(this.two, SseEvent.of("other"), Retention.NONE);
		awaitPosition(this.one, this.two.getPosition());
		RedisEventLog late = this.redis.newNode();
		assertThat(late.getPosition()).isEqualTo(this.one.getPosition());
		for (RedisEventLog node : List.of(this.one, late)) {
			assertThat(frames(node)).containsExactly("id: id4\ndata: event4\n\n", "id: id5\ndata: event5\n\n",
					"id: id6\ndata: event6\n\n");
			assertThat(node.isRetained("news", node.getPosition().at(2))).isFalse();
			assertThat(node.isRetained("news", node.getPosition().at(3))).isTrue();
			assertThat(node.isRetained("other", node.getPosition().at(0))).isTrue();
			assertThat(node.resolve("id2")).isEqualTo(LogCursor.at(node.getPosition().at(2)));
		}
	}

	@Test
	void nodeThatStartsKnowsAgesAndSizes() {
		Retention size = new Retention(0, Duration.ofHours(1), 50);
		append(this.one, SseEvent.of("x"), size);
		append(this.one, SseEvent.of("x"), size);
		append(this.one, SseEvent.of("x"), size);
		int retained = frames(this.one).size();
		assertThat(retained).isEqualTo(1);
		assertThat(frames(this.redis.newNode())).hasSize(retained);
		assertThat(frames(this.redis.newNode(new Later()))).isEmpty();
	}

	@Test
	void forgettingReachesAllNodes() {
		append(this.one, SseEvent.of("a"), ALL);
		Position second = append(this.one, SseEvent.of("b"), ALL);
		awaitPosition(this.two, second);
		this.two.forget("news");
		await().until(() -> frames(this.one).isEmpty());
		append(this.one, SseEvent.of("c"), ALL);
		for (RedisEventLog node : List.of(this.one, this.redis.newNode())) {
			assertThat(frames(node)).hasSize(1);
			assertThat(node.isRetained("news", node.getPosition().at(1))).isFalse();
			assertThat(node.isRetained("news", node.getPosition().at(2))).isTrue();
		}
	}

	@Test
	void filterOfOneBroadcastIsRefused() {
		SseEvent event = SseEvent.of("a");
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.one.append(new LogEvent("news", event, ENCODER.encode(event), new Object(), ALL)))
			.withMessageContaining("declare it on channel 'news'");
		assertThat(this.one.getPosition().sequence()).isZero();
	}

	@Test
	void tooLargeAnEventIsRefused() {
		SseEvent event = SseEvent.of("x".repeat(RedisLogSettings.DEFAULTS.maxRecordSize()));
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.one.append(new LogEvent("news", event, ENCODER.encode(event), null, ALL)));
	}

	@Test
	void tooLargeRecordsOfAnotherNodeAreSkippedWithOneWarning() {
		RedisProcess server = SharedRedis.server();
		RedisLogSettings small = new RedisLogSettings(this.redis.keys().prefix(), "small", 0, Duration.ofSeconds(5), 10,
				500, 1024 * 1024, Duration.ofDays(1), 1024 * 1024);
		try (LogRecorder logged = new LogRecorder(); LogNode node = new LogNode(server.port(), small)) {
			append(this.one, SseEvent.of("x".repeat(500)), ALL);
			append(this.one, SseEvent.of("x".repeat(500)), ALL);
			append(this.one, SseEvent.of("small"), ALL);
			node.awaitFollowed("small");
			assertThat(logged.warnings()).singleElement().asString().contains("a size of 5");
			assertThat(node.retained("news")).containsExactly("small");
		}
	}

	@Test
	void recordOfAnotherReleaseIsSkippedWithOneWarning() {
		try (LogRecorder logged = new LogRecorder()) {
			for (int i = 1; i <= 2; i++) {
				int sequence = i;
				SharedRedis.server().with((connection) -> {
					byte[] state = this.redis.keys().state();
					connection.streamCommands()
						.xAdd(StreamRecords
							.rawBytes(Map.of(bytes("m"), bytes(this.one.getPosition().epoch() + " 1 1"), bytes("r"),
									new byte[] { 2, 'E' }))
							.withStreamKey(this.redis.keys().stream())
							.withId(RecordId.of(sequence + "-0")));
					return connection.hashCommands().hSet(state, bytes("seq"), bytes(String.valueOf(sequence)));
				});
			}
			Position position = append(this.one, SseEvent.of("a"), ALL);
			assertThat(position.sequence()).isEqualTo(3);
			awaitPosition(this.two, position);
			assertThat(frames(this.two)).hasSize(1);
			assertThat(logged.warnings()).hasSize(2).allMatch((warning) -> warning.contains("version 2"));
		}
	}

	@Test
	void appendsAreKnownAgainWhileTheyMayBeOnTheirWay() {
		RedisProcess server = SharedRedis.server();
		RedisLogSettings two = new RedisLogSettings(this.redis.keys().prefix(), "two", 0, Duration.ofSeconds(5), 2, 500,
				1024 * 1024, Duration.ofDays(1), 1024 * 1024);
		try (LogNode node = new LogNode(server.port(), two)) {
			for (int i = 0; i < 10; i++) {
				node.append("a" + i);
			}
			Set<byte[]> keys = server
				.with((connection) -> connection.keyCommands().keys(this.redis.keys().appended("*")));
			assertThat(keys).hasSize(1);
			byte[] appended = keys.iterator().next();
			Set<String> fields = new TreeSet<>();
			server.with((connection) -> connection.hashCommands().hKeys(appended))
				.forEach((field) -> fields.add(LogKeys.text(field)));
			assertThat(fields).as("twice as many as can be on their way").containsExactly("0", "1", "2", "3", "until");
			long seconds = server.with((connection) -> connection.keyCommands().ttl(appended));
			assertThat(seconds).isBetween(3600L, 3660L);
		}
	}

	@Test
	void streamOfWhatNodesTellIsTrimmed() {
		RedisProcess server = SharedRedis.server();
		RedisLogSettings small = new RedisLogSettings(this.redis.keys().prefix(), "small", 0, Duration.ofSeconds(5), 10,
				2000, 1000, Duration.ofDays(1), 1024 * 1024);
		try (LogNode node = new LogNode(server.port(), small)) {
			for (int i = 0; i < 200; i++) {
				node.log().tell(new byte[98]);
			}
			node.append("a");
			long length = server.with((connection) -> connection.streamCommands().xLen(this.redis.keys().stream()));
			assertThat(length).as("records of 100 bytes").isBetween(10L, 14L);
		}
	}

	@Test
	void idsOfTheStreamDoNotDependOnTheClock() {
		append(this.one, SseEvent.of("a"), ALL);
		append(this.one, SseEvent.of("b"), ALL);
		List<ByteRecord> records = SharedRedis.server()
			.with((connection) -> connection.streamCommands().xRange(this.redis.keys().stream(), Range.unbounded()));
		assertThat(records).extracting((record) -> record.getId().getValue()).contains("1-0", "2-0");
	}

	private static byte[] bytes(String text) {
		return LogKeys.bytes(text);
	}

	private static void awaitPosition(RedisEventLog node, Position position) {
		await().until(() -> position.equals(node.getPosition()));
	}

	private static Position append(RedisEventLog node, SseEvent event, Retention retention) {
		return node.append(new LogEvent("news", event, ENCODER.encode(event), null, retention)).join();
	}

	private static List<String> frames(RedisEventLog node) {
		return node.read(Map.of("news", node.getStart("news", Integer.MAX_VALUE)), node.getPosition(), Long.MAX_VALUE)
			.entries()
			.stream()
			.map((entry) -> entry.frame().toString())
			.toList();
	}

	/** A clock that goes on by two hours between the loading and the reading. */
	private static final class Later implements LongSupplier {

		private boolean loaded;

		@Override
		public long getAsLong() {
			long now = this.loaded ? Duration.ofHours(2).toNanos() : 0;
			this.loaded = true;
			return now;
		}

	}

}
