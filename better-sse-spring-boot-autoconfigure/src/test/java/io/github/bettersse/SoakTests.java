package io.github.bettersse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads publish, push, register, deregister, open and close at random on sockets
 * that are full at random. Whatever happens, a session gets the events of one publisher
 * in their order, none twice, and as long as it takes part, all but those that it has
 * refused because it was ending.
 */
class SoakTests {

	private static final int PUBLISHERS = 3;

	private static final int EVENTS = 300;

	private static final int SESSIONS = 6;

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.deliveryThreads(3));

	private final Channel<Void, Object> all = this.engine.channels.channel("all");

	private final Channel<Void, Object> broadcasts = this.engine.channels.channel("broadcasts");

	/** The pushes that found their session ended, by session and event. */
	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	static Stream<Long> seeds() {
		return Stream.of(1L, 2L, 3L, System.nanoTime());
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void eventsOfAPublisherArriveInOrderWithoutGapOrDuplicate(long seed) {
		List<TestClient<Object>> staying = connect(seed);
		List<TestClient<Object>> closing = connect(seed + 1);
		List<TestClient<Object>> vanishing = connect(seed + 2);
		List<TestClient<Object>> leaving = connect(seed + 3);
		List<Session<Object>> pushedTo = Stream.of(staying, closing, vanishing, leaving)
			.flatMap(List::stream)
			.map(TestClient::session)
			.toList();
		List<Future<?>> work = new ArrayList<>();
		for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
			String name = "p" + publisher;
			Random random = new Random(seed + publisher);
			work.add(this.engine.start(() -> publish(name, random, pushedTo)));
		}
		work.add(this.engine.start(() -> {
			for (int event = 0; event < 2 * EVENTS; event++) {
				this.broadcasts.broadcast(event("b", event));
			}
		}));
		work.add(this.engine.start(() -> endOneByOne(closing, vanishing)));
		work.add(this.engine.start(() -> comeAndGo(leaving, new Random(seed))));
		Future<List<TestClient<Object>>> opening = this.engine.start(() -> openOneByOne(seed));
		work.forEach(TestEngine::join);
		List<TestClient<Object>> opened = TestEngine.join(opening);
		settle(staying);
		settle(leaving);
		settle(opened);
		closing.forEach((client) -> settle(client.connection()));
		TestEngine.await().until(() -> closing.stream().noneMatch((client) -> client.connection().isStarted()));
		for (TestClient<Object> client : staying) {
			assertSequences(seed, client, 0, EVENTS);
			assertSequence(seed, client, "b", 0, 2 * EVENTS);
		}
		Stream.concat(closing.stream(), vanishing.stream()).forEach((client) -> assertSequences(seed, client, 0, -1));
		leaving.forEach((client) -> assertSequences(seed, client, -1, -1));
		for (TestClient<Object> client : opened) {
			assertSequence(seed, client, "h", 0, 3);
			assertSequence(seed, client, "b", firstOf(client, "b"), 2 * EVENTS);
		}
	}

	private List<TestClient<Object>> connect(long seed) {
		List<TestClient<Object>> clients = new ArrayList<>();
		for (int i = 0; i < SESSIONS; i++) {
			TestClient<Object> client = this.engine.connect();
			stutter(client.connection(), seed + i);
			this.all.register(client.session());
			this.broadcasts.register(client.session());
			clients.add(client);
		}
		return clients;
	}

	/** Let a socket be full now and then, and say a little later that it is not. */
	private void stutter(RecordingConnection connection, long seed) {
		Random random = new Random(seed);
		connection.setReadiness(() -> {
			boolean ready = random.nextInt(4) != 0;
			if (!ready) {
				this.engine.start(() -> connection.listener().onWritable());
			}
			return ready;
		});
	}

	private void publish(String name, Random random, List<Session<Object>> pushedTo) {
		for (int event = 0; event < EVENTS; event++) {
			SseEvent next = event(name, event);
			switch (random.nextInt(3)) {
				case 0 -> this.all.broadcast(next);
				case 1 -> this.all.broadcast(next, (session) -> true);
				default -> pushedTo.forEach((session) -> push(session, next));
			}
		}
	}

	private void push(Session<Object> session, SseEvent event) {
		try {
			session.push(event);
		}
		catch (SseException ex) {
			assertThat(session.isConnected()).isFalse();
			this.refused.add(session.getId() + event.getId());
		}
	}

	private void endOneByOne(List<TestClient<Object>> closing, List<TestClient<Object>> vanishing) {
		for (int i = 0; i < SESSIONS; i++) {
			TestClient<Object> closed = closing.get(i);
			TestClient<Object> vanished = vanishing.get(i);
			int length = 1000 * i;
			TestEngine.await()
				.until(() -> closed.received().length() >= length && vanished.received().length() >= length);
			closed.session().close();
			vanished.connection().vanish(null);
		}
	}

	private void comeAndGo(List<TestClient<Object>> leaving, Random random) {
		for (int i = 0; i < 2000; i++) {
			Session<Object> session = leaving.get(random.nextInt(leaving.size())).session();
			if (random.nextBoolean()) {
				this.all.deregister(session);
			}
			else {
				this.all.register(session);
			}
		}
	}

	/** Open sessions whose handler registers and pushes while others broadcast. */
	private List<TestClient<Object>> openOneByOne(long seed) {
		List<TestClient<Object>> opened = new ArrayList<>();
		for (int i = 0; i < SESSIONS; i++) {
			TestClient<Object> client = this.engine.prepare();
			this.broadcasts.register(client.session());
			client.session().push(event("h", 0));
			client.session().push(event("h", 1));
			client.connection().during(ConnectionScript.Call.START, () -> stutter(client.connection(), seed));
			client.opening().complete();
			client.session().push(event("h", 2));
			opened.add(client);
		}
		return opened;
	}

	private void settle(List<TestClient<Object>> clients) {
		clients.forEach((client) -> settle(client.connection()));
		clients.forEach((client) -> TestEngine.join(client.session().flush()));
	}

	private void settle(RecordingConnection connection) {
		connection.setReadiness(() -> true);
		connection.listener().onWritable();
	}

	private static SseEvent event(String publisher, int number) {
		return SseEvent.raw(publisher + " " + number).id(publisher + "." + number);
	}

	private void assertSequences(long seed, TestClient<?> client, int first, int last) {
		for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
			assertSequence(seed, client, "p" + publisher, first, last);
		}
	}

	/**
	 * Check the events of one publisher.
	 * @param first the first one, or -1 if there may be gaps
	 * @param end the one after the last, or -1 if the session may have ended before
	 */
	private void assertSequence(long seed, TestClient<?> client, String publisher, int first, int end) {
		List<Integer> numbers = numbers(client).getOrDefault(publisher, List.of());
		assertThat(numbers).as("%s of seed %d", publisher, seed).doesNotHaveDuplicates().isSorted();
		if (first >= 0 && !numbers.isEmpty()) {
			int last = numbers.get(numbers.size() - 1);
			assertThat(numbers).as("%s of seed %d", publisher, seed)
				.containsExactlyElementsOf(IntStream.rangeClosed(first, last)
					.filter((number) -> !this.refused
						.contains(client.session().getId() + event(publisher, number).getId()))
					.boxed()
					.toList());
		}
		if (end >= 0) {
			assertThat(first + numbers.size()).as("%s of seed %d", publisher, seed).isEqualTo(end);
		}
	}

	private static int firstOf(TestClient<?> client, String publisher) {
		List<Integer> numbers = numbers(client).getOrDefault(publisher, List.of());
		return numbers.isEmpty() ? 2 * EVENTS : numbers.get(0);
	}

	private static Map<String, List<Integer>> numbers(TestClient<?> client) {
		Map<String, List<Integer>> numbers = new HashMap<>();
		client.received().lines().filter((line) -> line.startsWith("data: ")).forEach((line) -> {
			String[] parts = line.split(" ");
			numbers.computeIfAbsent(parts[1], (absent) -> new ArrayList<>()).add(Integer.valueOf(parts[2]));
		});
		return numbers;
	}

}
