package io.github.bettersse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sources of all kinds at once, with broadcasts between their items, to sockets that are
 * full at random, through queues that hold a few events. Whatever ends when, each source
 * is given back once, its future completes, and its items arrive in their order.
 */
class SourceSoakTests {

	private static final int ITEMS = 400;

	private static final int SESSIONS = 4;

	/** How many senders each session has. */
	private static final int SENDERS = 4;

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.deliveryThreads(2));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final List<Sources> all = new ArrayList<>();

	static Stream<Arguments> runs() {
		return Stream.of(OverflowStrategy.values())
			.flatMap((overflow) -> Stream.of(1L, 2L, System.nanoTime()).map((seed) -> Arguments.of(overflow, seed)));
	}

	@ParameterizedTest
	@MethodSource("runs")
	void everySourceComesToItsEnd(OverflowStrategy overflow, long seed) {
		List<Sources> staying = connect(overflow, seed);
		List<Sources> leaving = connect(overflow, seed + SESSIONS);
		Future<?> broadcasting = this.engine
			.start(() -> IntStream.range(0, ITEMS).forEach((number) -> this.news.broadcast(event("b", number))));
		this.all.forEach(Sources::start);
		Random random = new Random(seed);
		for (Sources sources : leaving) {
			int progress = random.nextInt(5000);
			TestEngine.await().until(() -> sources.client.received().length() >= progress || sources.done().isDone());
			if (random.nextBoolean()) {
				sources.client.session().close();
			}
			else {
				sources.client.connection().vanish(null);
			}
		}
		TestEngine.join(broadcasting);
		staying.forEach((sources) -> TestEngine.join(sources.done()));
		this.engine.awaitDelivery();
		staying.forEach((sources) -> settle(sources.client));
		for (Sources sources : staying) {
			Map<String, List<Integer>> numbers = numbers(sources.client, seed);
			int received = numbers.values().stream().mapToInt(List::size).sum();
			assertThat(received + sources.client.session().getDroppedCount()).as("seed %d", seed)
				.isEqualTo(SENDERS * ITEMS);
			sources.assertGivenBack(seed);
		}
		for (Sources sources : leaving) {
			TestEngine.await().until(sources.done()::isDone);
			numbers(sources.client, seed);
			sources.assertGivenBack(seed);
		}
	}

	private List<Sources> connect(OverflowStrategy overflow, long seed) {
		List<Sources> connected = new ArrayList<>();
		for (int i = 0; i < SESSIONS; i++) {
			TestClient<Object> client = this.engine
				.connect(SessionOptions.builder().overflow(overflow).maxQueueSize(1024).build());
			this.news.register(client.session());
			stutter(client.connection(), seed + i);
			connected.add(new Sources(client));
		}
		this.all.addAll(connected);
		return connected;
	}

	/** Let a socket be full now and then, and say a little later that it is not. */
	private void stutter(RecordingConnection connection, long seed) {
		Random random = new Random(seed);
		connection.setReadiness(() -> {
			boolean ready = random.nextInt(3) != 0;
			if (!ready) {
				this.engine.start(() -> connection.listener().onWritable());
			}
			return ready;
		});
	}

	private void settle(TestClient<Object> client) {
		client.connection().setReadiness(() -> true);
		client.connection().listener().onWritable();
		TestEngine.join(client.session().flush());
	}

	private static SseEvent event(String sender, int number) {
		return SseEvent.raw(sender + " " + number).name(sender).id(sender + number);
	}

	/** Return what a client has got of each sender; in order, none twice. */
	private static Map<String, List<Integer>> numbers(TestClient<?> client, long seed) {
		Map<String, List<Integer>> numbers = new HashMap<>();
		client.received().lines().filter((line) -> line.startsWith("data: ")).forEach((line) -> {
			String[] parts = line.split(" ");
			numbers.computeIfAbsent(parts[1], (absent) -> new ArrayList<>()).add(Integer.valueOf(parts[2]));
		});
		numbers.forEach(
				(sender, own) -> assertThat(own).as("%s of seed %d", sender, seed).doesNotHaveDuplicates().isSorted());
		return numbers;
	}

	/** One source of each kind for one session. */
	private final class Sources {

		private final TestClient<Object> client;

		private final TestItems items = new TestItems(ITEMS, (number) -> event("i", number));

		private final TestPublisher publisher = new TestPublisher();

		private final List<CompletableFuture<Void>> futures = new ArrayList<>();

		Sources(TestClient<Object> client) {
			this.client = client;
			IntStream.range(0, ITEMS).forEach((number) -> this.publisher.emit(event("p", number)));
			this.publisher.complete();
		}

		void start() {
			try (SubmissionPublisher<Object> submissions = new SubmissionPublisher<>(SourceSoakTests.this.engine::start,
					ITEMS)) {
				this.futures.add(this.client.session().iterate(this.items));
				this.futures.add(this.client.session().stream(this.publisher));
				this.futures.add(this.client.session().stream(submissions));
				IntStream.range(0, ITEMS).forEach((number) -> submissions.submit(event("s", number)));
			}
		}

		CompletableFuture<Void> done() {
			return CompletableFuture.allOf(this.futures.toArray(CompletableFuture[]::new));
		}

		void assertGivenBack(long seed) {
			TestEngine.await().until(() -> this.items.closed() > 0);
			assertThat(this.items.closed()).as("seed %d", seed).isOne();
			if (this.publisher.left() > 0) {
				TestEngine.await().until(() -> this.publisher.cancelled() > 0);
			}
			assertThat(this.publisher.cancelled()).as("seed %d", seed).isLessThanOrEqualTo(1);
		}

	}

}
