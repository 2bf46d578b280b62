package io.github.bettersse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.bettersse.ClosingAfterEach;
import io.github.bettersse.LogRecorder;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nodes make of records that they cannot read.
 */
class UnreadableRecordTests extends ClosingAfterEach {

	private static final int MAX_SIZE = 500;

	private static final byte[] TOO_LARGE = event("news", "x".repeat(MAX_SIZE));

	private final SharedRedis redis = closing(new SharedRedis());

	private final ForeignRecords foreign = new ForeignRecords(this.redis.keys());

	private final LogRecorder logged = closing(new LogRecorder());

	private final LogNode node = newNode();

	private LogNode newNode() {
		return closing(new LogNode(SharedRedis.server().port(), new RedisLogSettings(this.redis.keys().prefix(), "node",
				0, Duration.ofSeconds(5), 10, MAX_SIZE, 1024 * 1024, Duration.ofDays(1), 1024 * 1024)));
	}

	private static byte[] event(String channel, String text) {
		SseEvent event = SseEvent.raw(text);
		return LogRecord.write(LogRecord.Event.of(new LogEvent(channel, event,
				new EventEncoder(DataSerializer.ofText(Object::toString)).encode(event), null, LogNode.ALL)));
	}

	@Test
	void eventOfAnotherVersionMayBeOfAnyChannel() {
		Position other = this.node.appendAsync("other", "o").join();
		Position news = this.node.append("a");
		this.foreign.addEvent("news", ForeignRecords.OTHER_VERSION);
		this.foreign.addEvent("news", ForeignRecords.OTHER_VERSION);
		Position next = this.node.append("b");
		assertThat(next.sequence()).isEqualTo(5);
		this.node.awaitFollowed("o", "a", "[skipped in any]", "[skipped in any]", "b");
		assertThat(this.logged.warnings()).singleElement().asString().contains("version 2");
		assertThat(this.node.retained("news")).containsExactly("b");
		assertThat(this.node.retained("other")).isEmpty();
		for (String channel : List.of("news", "other", "never seen")) {
			assertThat(this.node.log().isRetained(channel, news)).as(channel).isFalse();
			assertThat(this.node.log().isRetained(channel, next.at(4))).as(channel).isTrue();
		}
		LogNode late = newNode();
		assertThat(late.retained("news")).containsExactly("b");
		assertThat(late.retained("other")).as("known from its history not to be concerned").containsExactly("o");
		assertThat(late.log().isRetained("news", next.at(3))).isFalse();
		assertThat(late.log().isRetained("news", next.at(4))).isTrue();
		assertThat(late.log().isRetained("other", other)).isTrue();
		assertThat(this.logged.warnings()).hasSize(2);
	}

	@Test
	void tooLargeAnEventIsLostOfItsChannel() {
		Position other = this.node.appendAsync("other", "o").join();
		Position news = this.node.append("a");
		this.foreign.addEvent("news", TOO_LARGE);
		this.foreign.addEvent("news", TOO_LARGE);
		LogNode late = newNode();
		this.node.append("b");
		this.node.awaitFollowed("o", "a", "[skipped in news]", "[skipped in news]", "b");
		late.awaitFollowed("b");
		assertThat(this.logged.warnings()).hasSize(2)
			.allMatch((warning) -> warning.contains("a size of " + TOO_LARGE.length + " bytes"));
		for (LogNode each : List.of(this.node, late)) {
			assertThat(each.retained("news")).containsExactly("b");
			assertThat(each.retained("other")).containsExactly("o");
			assertThat(each.log().isRetained("news", news.at(3))).isFalse();
			assertThat(each.log().isRetained("news", news.at(4))).isTrue();
			assertThat(each.log().isRetained("other", other)).isTrue();
		}
	}

	@Test
	void newestEventThatCannotBeReadIsLostForANodeThatStarts() {
		Position position = this.node.append("a");
		this.foreign.addEvent("news", ForeignRecords.OTHER_VERSION);
		LogNode late = newNode();
		assertThat(late.log().getPosition()).isEqualTo(position.next());
		assertThat(late.retained("news")).isEmpty();
		assertThat(late.log().isRetained("news", position)).isFalse();
		assertThat(late.log().isRetained("news", position.next())).isTrue();
	}

	@Test
	void eachCauseIsWarnedOfOnce() {
		byte[] truncated = Arrays.copyOf(event("news", "a"), 30);
		for (int i = 0; i < 2; i++) {
			this.foreign.addEvent("", TOO_LARGE);
			this.foreign.addEvent("", ForeignRecords.OTHER_VERSION);
			this.foreign.addEvent("", new byte[] { 1, 'X' });
			this.foreign.addEvent("", truncated);
			this.foreign.addMarked("none", "", event("news", "a"));
		}
		this.node.append("b");
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			expected.add("[skipped in news]");
			expected.addAll(List.of("[skipped in any]", "[skipped in any]", "[skipped in any]", "[skipped in any]"));
		}
		expected.add("b");
		this.node.awaitFollowed(expected.toArray(String[]::new));
		assertThat(this.logged.warnings()).extracting((warning) -> warning.replaceAll(".* all like it: ", ""))
			.containsExactly("a size of " + TOO_LARGE.length + " bytes", "version 2", "kind 88",
					"content that is none of kind E", "no mark at 5-0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?", "? ?", "0123456789 1234567890123456789 0" })
	void recordWithoutAMarkIsPassedOver(String mark) {
		Position first = this.node.append("a");
		this.foreign.addOther(mark, new byte[0]);
		this.foreign.addMarked(mark, "news", event("news", "unmarked"));
		this.foreign.addOther(mark, new byte[0]);
		Position next = this.node.append("b");
		assertThat(next.sequence()).isEqualTo(first.sequence() + 2);
		this.node.awaitFollowed("a", "[skipped in any]", "b");
		LogNode late = newNode();
		assertThat(late.retained("news")).containsExactly("b");
		assertThat(late.log().isRetained("news", first)).isFalse();
		assertThat(this.logged.warnings()).hasSize(2).allMatch((warning) -> warning.contains("no mark at "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "restarted", "restarted parent 1 x", "ended parent 1 1" })
	void beginThatSaysNothingIsPassedOver(String begin) {
		this.node.append("a");
		this.foreign.addBegin(begin);
		this.node.append("b");
		this.node.awaitFollowed("a", "b");
		assertThat(this.node.retained("news")).containsExactly("a", "b");
		assertThat(this.logged.warnings()).singleElement().asString().contains("no mark at 1-");
	}

	@Test
	void fieldsThatALaterReleaseAddsAreIgnored() {
		Position given = new Position("0123456789", 7);
		this.foreign.addEvent("news", longer(event("news", "a")));
		this.foreign.addOther("", longer(LogRecord.write(new LogRecord.GivenIds("elsewhere", Map.of("mine", given)))));
		this.foreign.addOther("", longer(LogRecord.write(new LogRecord.Forget("other", 1))));
		this.node.append("b");
		this.node.awaitFollowed("a", "b");
		assertThat(this.node.log().resolve("mine").position()).isEqualTo(given);
		assertThat(newNode().retained("news")).containsExactly("a", "b");
		assertThat(this.logged.warnings()).isEmpty();
	}

	private static byte[] longer(byte[] record) {
		byte[] longer = Arrays.copyOf(record, record.length + 3);
		longer[record.length] = 'x';
		return longer;
	}

}
