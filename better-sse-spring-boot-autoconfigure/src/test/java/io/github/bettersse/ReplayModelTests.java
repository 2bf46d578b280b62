package io.github.bettersse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.test.EventStreamParser.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that lose their connections at random bytes while publishers are at work, and
 * what each of them has read in the end, compared with the log: over all its channels
 * nothing is missing, doubled or out of order; or, where history is too small, a
 * {@code stream-reset} of the channel stands at each gap.
 */
class ReplayModelTests extends ReplayScene {

	private static final int PUBLISHERS = 3;

	private static final int CLIENTS = 5;

	private static final int ROUNDS = 12;

	private static final int EVENTS_PER_ROUND = 50;

	/** All that was broadcast, by its place in the log. */
	private final NavigableMap<Long, LogEvent> log = new ConcurrentSkipListMap<>();

	private final List<Channel<Void, Object>> channels = new ArrayList<>();

	@Override
	void customize(SseEngineBuilder builder) {
		builder.deliveryThreads(2).eventLog(new ForwardingEventLog() {
			@Override
			public CompletableFuture<Position> append(LogEvent event) {
				return super.append(event).thenApply((position) -> {
					ReplayModelTests.this.log.put(position.sequence(), event);
					return position;
				});
			}
		});
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void everyClientGetsExactlyWhatWasBroadcast(long seed) {
		for (ReturningClient client : run(seed, History.ofEvents(100_000))) {
			assertThat(client.events()).extracting(Event::type).doesNotContain("stream-reset");
			assertThat(check(client)).as("gaps").isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 4, 5, 6 })
	void everyGapIsToldWhereHistoryIsTooSmall(long seed) {
		int gaps = 0;
		for (ReturningClient client : run(seed, History.ofEvents(30))) {
			gaps += check(client);
		}
		assertThat(gaps).as("there are gaps to tell").isPositive();
	}

	private List<ReturningClient> run(long seed, History history) {
		this.channels.add(channel("a", history));
		this.channels.add(channel("b", history));
		this.channels.add(this.engine.channels.channel("noise"));
		Random random = new Random(seed);
		Semaphore due = new Semaphore(0);
		List<ReturningClient> clients = IntStream.range(0, CLIENTS)
			.mapToObj((i) -> new ReturningClient(this.engine, this.channels, String.valueOf(i),
					new Random(random.nextLong())))
			.toList();
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < PUBLISHERS; i++) {
			Random publisher = new Random(random.nextLong());
			running.add(this.engine.start(() -> publish(publisher, due)));
		}
		for (ReturningClient client : clients) {
			running.add(this.engine.start(() -> {
				for (int round = 0; round < ROUNDS; round++) {
					due.release(EVENTS_PER_ROUND);
					client.connectForAWhile("push " + client.name() + " " + round);
				}
			}));
		}
		running.forEach(TestEngine::join);
		clients.forEach(ReturningClient::connectToTheEnd);
		return clients;
	}

	private Void publish(Random random, Semaphore due) throws InterruptedException {
		for (int i = 0; i < CLIENTS * ROUNDS * EVENTS_PER_ROUND / PUBLISHERS; i++) {
			assertThat(due.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
			Channel<Void, Object> channel = this.channels.get(random.nextInt(this.channels.size()));
			SseEvent event = SseEvent.raw("-".repeat(random.nextInt(1500))).name(channel.getName());
			if (random.nextInt(4) > 0) {
				channel.broadcast(event);
			}
			else {
				channel.broadcast(event, (session) -> isEven(session.getHandshake().getUri().getQuery()));
			}
		}
		return null;
	}

	private static boolean isEven(String client) {
		return Integer.parseInt(client) % 2 == 0;
	}

	/**
	 * Check what a client has read against the log.
	 * @return how many gaps it was told of
	 */
	private int check(ReturningClient client) {
		Map<String, Long> seen = new HashMap<>(Map.of("a", 0L, "b", 0L));
		Set<String> told = new HashSet<>();
		int gaps = 0;
		long last = -1;
		for (Event event : client.events()) {
			if (event.type().equals("stream-reset")) {
				told.add(event.data().replaceAll(".*channel\":\"(.)\".*", "$1"));
			}
			else if (seen.containsKey(event.type())) {
				assertThat(sequence(event)).as("in order and only once").isGreaterThan(last);
				last = sequence(event);
				gaps += gaps(client, event.type(), seen.put(event.type(), last), last, told);
				told.remove(event.type());
			}
		}
		for (String channel : seen.keySet()) {
			gaps += gaps(client, channel, seen.get(channel), Long.MAX_VALUE, told);
		}
		return gaps;
	}

	private static long sequence(Event event) {
		return Position.parse(event.lastEventId()).sequence();
	}

	private int gaps(ReturningClient client, String channel, long after, long before, Set<String> told) {
		List<Long> missed = this.log.subMap(after, false, before, false)
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().channel().equals(channel))
			.filter((entry) -> entry.getValue().scope() == null || isEven(client.name()))
			.map(Map.Entry::getKey)
			.toList();
		if (!told.contains(channel)) {
			assertThat(missed).as("missed by %s in %s without having been told", client.name(), channel).isEmpty();
		}
		return missed.isEmpty() ? 0 : 1;
	}

}
