package io.github.bettersse.eventlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every event log must do that retains events; extended by the tests of each of
 * them.
 */
public abstract class EventLogHistoryContract {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private static final int MAX_REMEMBERED = 10_000;

	private static final long ANY_SIZE = Long.MAX_VALUE;

	private static final Retention ALL = new Retention(100_000, Duration.ZERO, 0);

	private final EventLog log = createLog();

	/**
	 * Create the log to test.
	 * @return a log without a follower that bounds what channels retain together by no
	 * less than 16 MB
	 */
	protected abstract EventLog createLog();

	/**
	 * Let time go on for the log.
	 * @param duration how far
	 */
	protected abstract void advance(Duration duration);

	@Test
	void newestEventsAreRetained() {
		append("news", 5, new Retention(3, Duration.ZERO, 0));
		assertRetained("news", 3, 4, 5);
	}

	@Test
	void eventsAreRetainedUpToASize() {
		int size = append("news", 1, ALL).get(0).frame().size();
		append("news", 4, new Retention(0, Duration.ZERO, 3L * size));
		assertRetained("news", 3, 4, 5);
		append("news", 1, new Retention(0, Duration.ZERO, 3L * size - 1));
		assertRetained("news", 5, 6);
	}

	@Test
	void whatIsRetainedIsTold() {
		assertThat(this.log.getRetained("news")).isEqualTo(RetainedEvents.NONE);
		int size = append("news", 1, ALL).get(0).frame().size();
		append("sport", 1, ALL);
		append("news", 3, new Retention(3, Duration.ZERO, 0));
		assertThat(this.log.getRetained("news")).isEqualTo(new RetainedEvents(3, 3L * size, at(3), at(5)));
		this.log.forget("news");
		assertThat(this.log.getRetained("news")).isEqualTo(RetainedEvents.NONE);
	}

	@Test
	void newestEventIsRetainedEvenIfItIsLargerThanTheLimit() {
		append("news", 3, new Retention(0, Duration.ZERO, 1));
		assertRetained("news", 3);
	}

	@Test
	void eventsAreRetainedForATimeInclusively() {
		Retention second = new Retention(0, Duration.ofSeconds(1), 0);
		append("news", 1, second);
		advance(Duration.ofMillis(600));
		append("news", 1, second);
		advance(Duration.ofMillis(400));
		assertRetained("news", 1, 2);
		advance(Duration.ofMillis(1));
		assertRetained("news", 2);
		advance(Duration.ofMinutes(1));
		assertRetained("news");
		assertThat(this.log.isRetained("news", at(1))).isFalse();
		assertThat(this.log.isRetained("news", at(2))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "2, 10, 1000, 2", "5, 10, 84, 3", "5, 10, 83, 2", "5, 1, 1000, 1", "5, 3, 1000, 3" })
	void eachLimitHoldsByItself(int maxEvents, int seconds, int maxSize, int retained) {
		Retention mix = new Retention(maxEvents, Duration.ofSeconds(seconds), maxSize);
		for (int i = 1; i <= 6; i++) {
			advance(Duration.ofMillis(1001));
			LogEntry entry = append("news", 1, mix).get(0);
			assertThat(entry.frame().size()).as("the size that the limits are made for").isEqualTo(28);
		}
		assertRetained("news", LongStream.rangeClosed(7 - retained, 6).toArray());
	}

	@Test
	void nothingIsRetainedOfAChannelWithoutHistory() {
		append("news", 2, Retention.NONE);
		assertRetained("news");
		assertThat(this.log.isRetained("news", at(0))).as("nothing is lost that was to be retained").isTrue();
	}

	@Test
	void readsManyChannelsInTheOrderOfTheLogPageByPage() {
		Map<String, Position> after = new HashMap<>();
		List<Long> expected = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			String channel = "channel" + i % 7;
			Position position = append(channel, 1, ALL).get(0).position();
			if (i % 7 != 3) {
				after.put(channel, at(10));
				if (position.sequence() > 10 && position.sequence() <= 50) {
					expected.add(position.sequence());
				}
			}
		}
		for (long maxSize : new long[] { 1, 100, 333, ANY_SIZE }) {
			Map<String, Position> rest = new HashMap<>(after);
			List<Long> read = new ArrayList<>();
			LogPage page;
			do {
				page = this.log.read(rest, at(50), maxSize);
				page.entries().forEach((entry) -> {
					rest.put(entry.channel(), entry.position());
					read.add(entry.position().sequence());
				});
				long size = page.entries().stream().mapToLong((entry) -> entry.frame().size()).sum();
				assertThat(page.trimmed()).isEmpty();
				assertThat(page.entries()).isNotEmpty();
				assertThat(size - page.entries().get(page.entries().size() - 1).frame().size()).isLessThan(maxSize);
			}
			while (!page.last());
			assertThat(read).isEqualTo(expected);
		}
	}

	@Test
	void entriesReadAreThoseThatTheFollowerGot() {
		List<LogEntry> followed = new ArrayList<>();
		this.log.follow(followed::add);
		append("news", 3, ALL);
		assertThat(read(Map.of("news", at(0)), at(3))).zipSatisfy(followed,
				(entry, delivered) -> assertThat(entry.frame()).isSameAs(delivered.frame()));
	}

	@Test
	void lossIsKnownExactlyAtItsBoundary() {
		append("news", 2, ALL);
		append("sport", 2, ALL);
		append("news", 3, new Retention(2, Duration.ZERO, 0));
		assertRetained("news", 6, 7);
		assertThat(this.log.isRetained("news", at(4))).as("before the newest that is lost").isFalse();
		assertThat(this.log.isRetained("news", at(5))).as("at the newest that is lost").isTrue();
		assertThat(this.log.isRetained("sport", at(0))).isTrue();
		LogPage page = this.log.read(Map.of("news", at(4), "sport", at(2)), at(7), ANY_SIZE);
		assertThat(page.trimmed()).containsExactly("news");
		assertThat(page.entries()).extracting(LogEntry::channel).containsExactly("sport", "sport");
		assertThat(page.last()).isTrue();
		assertThat(this.log.read(Map.of("news", at(5)), at(7), ANY_SIZE).trimmed()).isEmpty();
	}

	@Test
	void startIsBeforeTheNewestEvents() {
		assertThat(this.log.getStart("news", 5)).isEqualTo(at(0));
		append("news", 4, new Retention(3, Duration.ZERO, 0));
		append("sport", 1, ALL);
		assertThat(read(Map.of("news", this.log.getStart("news", 2)), at(5))).hasSize(2);
		assertThat(read(Map.of("news", this.log.getStart("news", 3)), at(5))).hasSize(3);
		assertThat(this.log.getStart("news", 3)).isEqualTo(start("news")).isEqualTo(at(1));
	}

	@Test
	void idsMeanPositionsOrHaveAReason() {
		append("news", 3, ALL);
		assertThat(this.log.resolve(at(3).toString())).isEqualTo(LogCursor.at(at(3)));
		assertThat(this.log.resolve(at(0).toString())).isEqualTo(LogCursor.at(at(0)));
		assertThat(this.log.resolve(at(4).toString())).isEqualTo(LogCursor.lost(ResetReason.FORGED));
		assertThat(this.log.resolve(at(1) + "0".repeat(30))).isEqualTo(LogCursor.lost(ResetReason.MALFORMED));
		assertThat(this.log.resolve(new Position("zzzzzzzzzz", 1).toString()))
			.isEqualTo(LogCursor.lost(ResetReason.FOREIGN_EPOCH));
		assertThat(this.log.resolve("never given")).isEqualTo(LogCursor.lost(ResetReason.UNKNOWN));
	}

	@Test
	void givenIdsMeanTheirNewestPositions() {
		append("news", SseEvent.of("a").id("mine"), Retention.NONE);
		append("news", SseEvent.of("b").id(""), ALL);
		assertThat(this.log.resolve("mine")).isEqualTo(LogCursor.at(at(1)));
		append("sport", SseEvent.of("c").id("mine"), ALL);
		assertThat(this.log.resolve("mine")).isEqualTo(LogCursor.at(at(3)));
		this.log.remember("mine", at(2));
		assertThat(this.log.resolve("mine")).isEqualTo(LogCursor.at(at(2)));
	}

	@Test
	void newestGivenIdsAreRemembered() {
		append("news", SseEvent.of("a").id("broadcast"), ALL);
		this.log.remember("push", at(1));
		for (int i = 2; i < MAX_REMEMBERED; i++) {
			this.log.remember("id" + i, at(1));
		}
		this.log.remember("broadcast", at(1));
		assertThat(this.log.resolve("push")).isEqualTo(LogCursor.at(at(1)));
		this.log.remember("one more", at(1));
		assertThat(this.log.resolve("push")).isEqualTo(LogCursor.lost(ResetReason.UNKNOWN));
		assertThat(this.log.resolve("broadcast")).as("was given anew").isEqualTo(LogCursor.at(at(1)));
	}

	@Test
	void oldCursorIsNeverCompleteInARecreatedChannel() {
		append("news", 3, ALL);
		this.log.forget("news");
		assertRetained("news");
		assertThat(this.log.isRetained("news", at(2))).isFalse();
		assertThat(this.log.isRetained("news", at(3))).isTrue();
		append("news", 2, ALL);
		assertRetained("news", 4, 5);
		assertThat(this.log.isRetained("news", at(2))).isFalse();
		assertThat(this.log.isRetained("news", at(3))).isTrue();
		this.log.forget("news");
		this.log.forget("news");
		assertThat(this.log.isRetained("news", at(4))).isFalse();
	}

	@Test
	void channelsThatWereForgottenLongAgoShareOnePosition() {
		append("first", 1, ALL);
		append("second", 1, ALL);
		for (int i = 0; i < MAX_REMEMBERED; i++) {
			append("channel" + i, 1, ALL);
		}
		this.log.forget("first");
		this.log.forget("second");
		for (int i = 0; i < MAX_REMEMBERED - 2; i++) {
			this.log.forget("channel" + i);
		}
		assertThat(this.log.isRetained("never seen", at(0))).isTrue();
		this.log.forget("channel" + (MAX_REMEMBERED - 2));
		this.log.forget("channel" + (MAX_REMEMBERED - 1));
		for (String channel : List.of("first", "second", "never seen")) {
			assertThat(this.log.isRetained(channel, at(1))).as(channel).isFalse();
			assertThat(this.log.isRetained(channel, at(2))).as(channel).isTrue();
		}
		assertThat(this.log.isRetained("channel0", at(2))).isFalse();
		assertThat(this.log.isRetained("channel0", at(3))).isTrue();
	}

	private void assertRetained(String channel, long... sequences) {
		List<LogEntry> entries = read(Map.of(channel, start(channel)), this.log.getPosition());
		assertThat(entries.stream().mapToLong((entry) -> entry.position().sequence()).toArray())
			.containsExactly(sequences);
	}

	private Position start(String channel) {
		return this.log.getStart(channel, Integer.MAX_VALUE);
	}

	private List<LogEntry> read(Map<String, Position> after, Position upTo) {
		LogPage page = this.log.read(after, upTo, ANY_SIZE);
		assertThat(page.trimmed()).isEmpty();
		assertThat(page.last()).isTrue();
		return page.entries();
	}

	private Position at(long sequence) {
		return this.log.getPosition().at(sequence);
	}

	private List<LogEntry> append(String channel, int events, Retention retention) {
		List<LogEntry> appended = new ArrayList<>();
		for (int i = 0; i < events; i++) {
			appended.add(append(channel, SseEvent.of("xxx"), retention));
		}
		return appended;
	}

	private LogEntry append(String channel, SseEvent event, Retention retention) {
		LogEvent appended = new LogEvent(channel, event, ENCODER.encode(event), null, retention);
		return appended.at(this.log.append(appended).join());
	}

}
