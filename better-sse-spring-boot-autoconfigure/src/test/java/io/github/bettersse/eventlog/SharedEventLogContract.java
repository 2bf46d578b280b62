package io.github.bettersse.eventlog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.github.bettersse.SseException;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What every event log must do that several nodes share; extended by the tests of each of
 * them.
 */
public abstract class SharedEventLogContract {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private static final Retention ALL = new Retention(100_000, Duration.ZERO, 0);

	private EventLog one;

	private EventLog two;

	/**
	 * Create one more node of the log to test, which is a new one for each test.
	 * @return the log as that node has it, without a follower; closed by who extends this
	 * @throws Exception if that fails
	 */
	protected abstract EventLog createNode() throws Exception;

	/**
	 * Let the log lose all that it has, as a server does that comes back without its
	 * files.
	 * @throws Exception if that fails
	 */
	protected abstract void loseAll() throws Exception;

	@BeforeEach
	void createNodes() throws Exception {
		this.one = createNode();
		this.two = createNode();
	}

	@Test
	void nodesHaveNames() {
		assertThat(this.one.getNodeName()).isNotNull();
		assertThat(this.two.getNodeName()).isNotNull();
	}

	@Test
	void whatOneNodeAppendsAllHave() {
		assertThat(this.two.getPosition()).isEqualTo(this.one.getPosition());
		Position first = append(this.one, SseEvent.of("a").name("n").id("mine"), ALL);
		Position second = append(this.two, SseEvent.of("b"), ALL);
		assertThat(second).isEqualTo(first.next());
		awaitPosition(this.one, second);
		for (EventLog node : List.of(this.one, this.two)) {
			assertThat(frames(node)).containsExactly("event: n\nid: mine\ndata: a\n\n",
					"id: " + second + "\ndata: b\n\n");
			assertThat(node.resolve("mine")).isEqualTo(LogCursor.at(first));
		}
	}

	@Test
	void allFollowInOneOrderWhatAllAppendAndTell() {
		Recorder first = new Recorder(this.one);
		Recorder second = new Recorder(this.two);
		int rounds = 100;
		List<CompletableFuture<Position>> appended = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			appended.add(appendAsync(this.one, SseEvent.of("one" + i), Retention.NONE));
			this.two.tell(("two tells " + i).getBytes(StandardCharsets.UTF_8));
			appended.add(appendAsync(this.two, SseEvent.of("two" + i), ALL));
			this.one.tell(("one tells " + i).getBytes(StandardCharsets.UTF_8));
		}
		appended.forEach(CompletableFuture::join);
		awaitTrue(() -> first.seen.size() == 4 * rounds && second.seen.size() == 4 * rounds);
		assertThat(second.seen).containsExactlyElementsOf(first.seen);
		for (String what : List.of("one", "two", "one tells ", "two tells ")) {
			assertThat(first.seen).filteredOn((seen) -> seen.matches(what + "\\d+"))
				.as("in the order of their node")
				.extracting((seen) -> Integer.valueOf(seen.substring(what.length())))
				.hasSize(rounds)
				.isSorted();
		}
		assertThat(appended).extracting(CompletableFuture::join)
			.extracting(Position::sequence)
			.doesNotHaveDuplicates()
			.allMatch((sequence) -> sequence >= 1 && sequence <= 2 * rounds);
	}

	@Test
	void whatWasToldComesBehindWhatWasAppendedBefore() {
		Recorder first = new Recorder(this.one);
		Recorder second = new Recorder(this.two);
		append(this.one, SseEvent.of("a"), Retention.NONE);
		this.one.tell(new byte[] { '!' });
		for (Recorder each : List.of(first, second)) {
			each.awaitSeen("a", "!");
		}
	}

	@Test
	void clientMayComeBeforeItsNodeHasReadSoFar() {
		for (int i = 0; i < 20; i++) {
			Position position = append(this.one, SseEvent.of("a").id("id" + i), ALL);
			assertThat(this.two.resolve(position.toString())).isEqualTo(LogCursor.at(position));
			assertThat(this.two.resolve("id" + i)).isEqualTo(LogCursor.at(position));
		}
		assertThat(this.two.resolve("never given")).isEqualTo(LogCursor.lost(ResetReason.UNKNOWN));
		assertThat(this.two.resolve(this.two.getPosition().next().toString()))
			.isEqualTo(LogCursor.lost(ResetReason.FORGED));
	}

	@Test
	void idOfAPushIsKnownEverywhere() throws Exception {
		Position position = append(this.one, SseEvent.of("a"), ALL);
		this.one.remember("pushed", position);
		awaitTrue(() -> LogCursor.at(position).equals(this.two.resolve("pushed")));
		assertThat(createNode().resolve("pushed")).isEqualTo(LogCursor.at(position));
	}

	@Test
	void nodeThatStartsKnowsWhatTheOthersRetain() throws Exception {
		for (int i = 1; i <= 6; i++) {
			append(this.one, SseEvent.of("event" + i).id("id" + i), new Retention(3, Duration.ZERO, 0));
		}
		append(this.two, "other", SseEvent.of("other"), Retention.NONE);
		awaitPosition(this.one, this.two.getPosition());
		EventLog late = createNode();
		assertThat(late.getPosition()).isEqualTo(this.one.getPosition());
		for (EventLog node : List.of(this.one, late)) {
			assertThat(frames(node)).containsExactly("id: id4\ndata: event4\n\n", "id: id5\ndata: event5\n\n",
					"id: id6\ndata: event6\n\n");
			assertThat(node.isRetained("news", node.getPosition().at(2))).isFalse();
			assertThat(node.isRetained("news", node.getPosition().at(3))).isTrue();
			assertThat(node.isRetained("other", node.getPosition().at(0))).isTrue();
			assertThat(node.resolve("id2")).isEqualTo(LogCursor.at(node.getPosition().at(2)));
		}
	}

	@Test
	void nodeThatStartsKnowsSizes() throws Exception {
		Retention size = new Retention(0, Duration.ofHours(1), 50);
		append(this.one, SseEvent.of("x"), size);
		append(this.one, SseEvent.of("x"), size);
		append(this.one, SseEvent.of("x"), size);
		assertThat(frames(this.one)).hasSize(1);
		assertThat(frames(createNode())).hasSize(1);
	}

	@Test
	void forgettingReachesAllNodes() throws Exception {
		append(this.one, SseEvent.of("a"), ALL);
		Position second = append(this.one, SseEvent.of("b"), ALL);
		awaitPosition(this.two, second);
		this.two.forget("news");
		awaitTrue(() -> frames(this.one).isEmpty());
		append(this.one, SseEvent.of("c"), ALL);
		for (EventLog node : List.of(this.one, createNode())) {
			assertThat(frames(node)).hasSize(1);
			assertThat(node.isRetained("news", node.getPosition().at(1))).isFalse();
			assertThat(node.isRetained("news", node.getPosition().at(2))).isTrue();
		}
	}

	@Test
	void filterOfOneBroadcastIsRefused() {
		SseEvent event = SseEvent.of("a");
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.one.append(new LogEvent("news", event, ENCODER.encode(event), new Object(), ALL)));
		assertThat(this.one.getPosition().sequence()).isZero();
	}

	@Test
	void lossOfEventsIsToldToAll() throws Exception {
		Recorder first = new Recorder(this.one);
		Recorder second = new Recorder(this.two);
		Position lost = append(this.one, SseEvent.of("a"), ALL);
		first.awaitSeen("a");
		second.awaitSeen("a");
		loseAll();
		first.awaitSeen("a", "[foreign-epoch]");
		second.awaitSeen("a", "[foreign-epoch]");
		Position next = append(this.two, SseEvent.of("b"), ALL);
		assertThat(next.epoch()).isNotEqualTo(lost.epoch());
		for (Recorder each : List.of(first, second)) {
			each.awaitSeen("a", "[foreign-epoch]", "b");
			assertThat(each.lossPosition).isGreaterThan(lost).isLessThan(next);
		}
		for (EventLog node : List.of(this.one, this.two, createNode())) {
			assertThat(frames(node)).containsExactly("id: " + next + "\ndata: b\n\n");
			assertThat(node.resolve(lost.toString())).isEqualTo(LogCursor.lost(ResetReason.FOREIGN_EPOCH));
		}
	}

	private static void awaitPosition(EventLog node, Position position) {
		awaitTrue(() -> position.equals(node.getPosition()));
	}

	private static void awaitTrue(BooleanSupplier condition) {
		await().atMost(10, TimeUnit.SECONDS).until(condition::getAsBoolean);
	}

	private static Position append(EventLog node, SseEvent event, Retention retention) {
		return appendAsync(node, event, retention).join();
	}

	private static CompletableFuture<Position> appendAsync(EventLog node, SseEvent event, Retention retention) {
		return node.append(new LogEvent("news", event, ENCODER.encode(event), null, retention));
	}

	private static void append(EventLog node, String channel, SseEvent event, Retention retention) {
		node.append(new LogEvent(channel, event, ENCODER.encode(event), null, retention)).join();
	}

	private static List<String> frames(EventLog node) {
		return node.read(Map.of("news", node.getStart("news", Integer.MAX_VALUE)), node.getPosition(), Long.MAX_VALUE)
			.entries()
			.stream()
			.map((entry) -> entry.frame().toString())
			.toList();
	}

	/** Writes down what a node's follower gets: reasons of losses in brackets. */
	private static final class Recorder implements EventLog.Follower {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private volatile Position lossPosition;

		Recorder(EventLog node) {
			node.follow(this);
		}

		@Override
		public void accept(LogEntry entry) {
			this.seen.add(entry.frame().toString().replaceAll("(?s).*data: (.*)\n\n", "$1"));
		}

		@Override
		public void told(byte[] message) {
			this.seen.add(new String(message, StandardCharsets.UTF_8));
		}

		@Override
		public void lost(Position position, Predicate<String> channels, ResetReason reason) {
			this.lossPosition = position;
			this.seen.add("[" + reason + "]");
		}

		void awaitSeen(String... expected) {
			await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(this.seen).containsExactly(expected));
		}

	}

}
