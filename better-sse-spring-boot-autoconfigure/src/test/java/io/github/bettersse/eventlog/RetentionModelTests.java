package io.github.bettersse.eventlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log in memory does the same as a plain list that is searched from end to end,
 * whatever is appended, forgotten and read.
 */
class RetentionModelTests {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private static final List<String> CHANNELS = List.of("a", "b", "c", "d");

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(20).toNanos());

	private final EventLog log = new InMemoryEventLog(1024 * 1024, this.now::get);

	/** All that is retained, in the order of the log. */
	private final List<Kept> kept = new ArrayList<>();

	/** By channel: the newest sequence that is lost. */
	private final Map<String, Long> lost = new HashMap<>();

	private final Map<String, Duration> maxAges = new HashMap<>();

	private record Kept(String channel, long sequence, int size, long since) {
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void logDoesWhatTheModelDoes(long seed) {
		Random random = new Random(seed);
		Map<String, Retention> retentions = new HashMap<>();
		CHANNELS.forEach((channel) -> retentions.put(channel, new Retention(random.nextInt(3) * random.nextInt(30),
				Duration.ofMillis(random.nextInt(3) * 700L), random.nextInt(3) * random.nextInt(1500))));
		for (int step = 0; step < 3000; step++) {
			String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
			switch (random.nextInt(12)) {
				case 0 -> this.now.addAndGet(random.nextInt(200) * 1_000_000L);
				case 1 -> {
					if (random.nextInt(20) == 0) {
						forget(channel);
					}
				}
				case 2, 3 -> checkRead(random);
				default -> append(channel, "x".repeat(random.nextInt(200)), retentions.get(channel));
			}
		}
	}

	private void append(String channel, String text, Retention retention) {
		SseEvent event = SseEvent.of(text);
		LogEvent appended = new LogEvent(channel, event, ENCODER.encode(event), null, retention);
		Position position = this.log.append(appended).join();
		if (retention.isNone()) {
			return;
		}
		this.kept.add(new Kept(channel, position.sequence(), appended.at(position).frame().size(), this.now.get()));
		while (of(channel).size() > 1 && ((retention.maxEvents() > 0 && of(channel).size() > retention.maxEvents())
				|| (retention.maxSize() > 0
						&& of(channel).stream().mapToLong(Kept::size).sum() > retention.maxSize()))) {
			lose(of(channel).get(0));
		}
		this.maxAges.put(channel, retention.maxAge());
	}

	private void age() {
		for (Kept event : List.copyOf(this.kept)) {
			Duration maxAge = this.maxAges.get(event.channel());
			if (!maxAge.isZero() && this.now.get() - event.since() > maxAge.toNanos()) {
				lose(event);
			}
		}
	}

	private void lose(Kept event) {
		this.kept.remove(event);
		this.lost.put(event.channel(), event.sequence());
	}

	private List<Kept> of(String channel) {
		return this.kept.stream().filter((event) -> event.channel().equals(channel)).toList();
	}

	private void forget(String channel) {
		this.log.forget(channel);
		of(channel).forEach(this::lose);
	}

	private void checkRead(Random random) {
		age();
		long newest = this.log.getPosition().sequence();
		Map<String, Position> after = new HashMap<>();
		for (String channel : CHANNELS) {
			long sequence = Math.max(0, newest - random.nextInt(80));
			boolean complete = sequence >= this.lost.getOrDefault(channel, 0L);
			assertThat(this.log.isRetained(channel, at(sequence))).as("retained").isEqualTo(complete);
			if (random.nextInt(4) > 0) {
				after.put(channel, at(sequence));
			}
		}
		long upTo = Math.max(0, newest - random.nextInt(5));
		Set<String> trimmed = new HashSet<>(after.keySet());
		trimmed.removeIf((channel) -> after.get(channel).sequence() >= this.lost.getOrDefault(channel, 0L));
		List<Long> expected = this.kept.stream()
			.filter((event) -> after.containsKey(event.channel()) && !trimmed.contains(event.channel()))
			.filter((event) -> event.sequence() > after.get(event.channel()).sequence() && event.sequence() <= upTo)
			.map(Kept::sequence)
			.toList();
		assertThat(readAll(after, at(upTo), 1 + random.nextInt(2000), trimmed)).isEqualTo(expected);
		String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
		int count = 1 + random.nextInt(10);
		List<Kept> retained = of(channel);
		assertThat(this.log.getStart(channel, count).sequence()).as("start of the newest %s", count)
			.isEqualTo((retained.size() > count) ? retained.get(retained.size() - count).sequence() - 1
					: this.lost.getOrDefault(channel, 0L));
	}

	private List<Long> readAll(Map<String, Position> after, Position upTo, long maxSize, Set<String> trimmed) {
		List<Long> read = new ArrayList<>();
		LogPage page;
		do {
			page = this.log.read(after, upTo, maxSize);
			assertThat(page.trimmed()).isEqualTo(trimmed);
			page.entries().forEach((entry) -> {
				read.add(entry.position().sequence());
				after.put(entry.channel(), entry.position());
			});
		}
		while (!page.last());
		return read;
	}

	private Position at(long sequence) {
		return this.log.getPosition().at(sequence);
	}

}
