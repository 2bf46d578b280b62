package io.github.bettersse.eventlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryEventLogHistoryTests extends EventLogHistoryContract {

	private static final int MB = 1024 * 1024;

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	/** Begins shortly before the clock wraps around. */
	private final AtomicLong passed = new AtomicLong();

	@Override
	protected EventLog createLog() {
		return new InMemoryEventLog(64L * MB, () -> Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(3) + this.passed.get());
	}

	@Override
	protected void advance(Duration duration) {
		this.passed.addAndGet(duration.toNanos());
	}

	@Test
	void oldestEventsOfAllChannelsGoFirstBeyondTheCommonBound() {
		EventLog log = new InMemoryEventLog(100 * (1000 + 200));
		List<String> channels = List.of("a", "b", "c");
		for (int i = 0; i < 300; i++) {
			append(log, channels.get(i % 3), 1000);
		}
		long[] lost = channels.stream().mapToLong((channel) -> lost(log, channel)).sorted().toArray();
		assertThat(lost[2] - lost[0]).as("all channels are cut at the same place").isEqualTo(2);
		assertThat(lost[2]).isBetween(190L, 210L);
		append(log, "quiet", 10);
		for (int i = 0; i < 300; i++) {
			append(log, "loud", 1000);
		}
		assertThat(lost(log, "quiet")).isEqualTo(301);
		assertThat(channels).allSatisfy((channel) -> assertThat(retained(log, channel)).isZero());
		assertThat(retained(log, "loud")).isBetween(90, 120);
	}

	@Test
	void eventLargerThanTheCommonBoundIsNotRetainedButNotLostInSilence() {
		EventLog log = new InMemoryEventLog(1000);
		append(log, "news", 100);
		append(log, "news", 2000);
		assertThat(retained(log, "news")).isZero();
		assertThat(log.isRetained("news", log.getPosition().at(1))).isFalse();
		assertThat(log.isRetained("news", log.getPosition())).isTrue();
	}

	@Test
	void memoryIsBoundedByWhatIsConfigured() {
		EventLog log = new InMemoryEventLog(16L * MB);
		append(log, "warm-up", 1000);
		long before = usedMemory();
		for (int i = 0; i < 160 * 1024; i++) {
			append(log, "channel" + i % 50, 1000);
		}
		long growth = usedMemory() - before;
		assertThat(retained(log, "channel1")).isPositive();
		assertThat(growth).as("about the bound, and as much again for the text that the application gave")
			.isLessThan(40L * MB);
	}

	@Test
	void memoryOfForgottenChannelsIsGivenBack() {
		EventLog log = new InMemoryEventLog(64L * MB);
		long before = usedMemory();
		for (int i = 0; i < 30_000; i++) {
			append(log, "user:" + i, 1000);
			log.forget("user:" + i);
		}
		assertThat(usedMemory() - before).isLessThan(8L * MB);
		assertThat(log.isRetained("user:29999", log.getPosition().at(29_999))).isFalse();
	}

	private static long lost(EventLog log, String channel) {
		return log.getStart(channel, Integer.MAX_VALUE).sequence();
	}

	private static int retained(EventLog log, String channel) {
		List<LogEntry> entries = new ArrayList<>(
				log.read(Map.of(channel, log.getStart(channel, Integer.MAX_VALUE)), log.getPosition(), Long.MAX_VALUE)
					.entries());
		return entries.size();
	}

	private static void append(EventLog log, String channel, int size) {
		SseEvent event = SseEvent.of("x".repeat(size));
		log.append(
				new LogEvent(channel, event, ENCODER.encode(event), null, new Retention(1_000_000, Duration.ZERO, 0)))
			.join();
	}

	/** Return what is reachable: the least of several measurements. */
	private static long usedMemory() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			System.gc();
			least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return least;
	}

}
