package io.github.bettersse.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.Retention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of the script that come more than once, or late: over a link that was given up
 * because no answer came, which may still be read after what was sent over the next one.
 */
class RepeatedCallTests {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private final SharedRedis redis = new SharedRedis();

	private final LogScript script = new LogScript(this.redis.keys(), RedisLogSettings.DEFAULTS, "node");

	private final RedisLink link = new RedisLink(SharedRedis.server().connections());

	private final LogState start = this.script.look(this.link, new Position("", 0), "");

	@AfterEach
	void close() {
		this.link.close();
		this.redis.close();
	}

	@Test
	void callAgainGetsThePositionsOfTheFirstTime() {
		assertThat(call(1, 2)).containsExactly(position(1), position(2));
		assertThat(call(1, 2)).containsExactly(position(1), position(2));
		assertThat(call(3)).containsExactly(position(3));
	}

	@Test
	void partOfACallAgainGetsThePositionsOfTheFirstTime() {
		call(1, 2, 3);
		assertThat(call(1, 3)).containsExactly(position(1), position(3));
	}

	@Test
	void callThatComesBehindTheNextOneAppendsNothing() {
		call(1, 2);
		assertThat(call(3)).containsExactly(position(3));
		call(1, 2);
		assertThat(call(3)).as("still known").containsExactly(position(3));
		assertThat(call(4)).containsExactly(position(4));
	}

	@Test
	void callThatComesBehindAPartOfItAndTheNextOneAppendsNothing() {
		call(1);
		assertThat(call(3)).containsExactly(position(2));
		call(1, 2);
		assertThat(call(3)).as("still known").containsExactly(position(2));
		assertThat(call(4)).containsExactly(position(3));
	}

	@Test
	void callThatComesBehindAPartOfItAppendsTheRest() {
		call(1);
		assertThat(call(1, 2)).containsExactly(position(1), position(2));
		assertThat(call(1)).as("still known").containsExactly(position(1));
	}

	@Test
	void nodesDoNotKnowTheNumbersOfEachOther() {
		call(1);
		LogScript other = new LogScript(this.redis.keys(), RedisLogSettings.DEFAULTS, "other");
		assertThat(call(other, 1)).containsExactly(position(2));
		assertThat(call(1)).containsExactly(position(1));
	}

	@Test
	void nodesOfLongAgoAreForgotten() {
		call(1);
		SharedRedis.server()
			.with((connection) -> connection.hashCommands()
				.hSet(this.redis.keys().state(), LogKeys.bytes("appended:gone"),
						LogKeys.bytes("1700000000000 5 5:x-5")));
		this.script.look(this.link, this.start.position(), "");
		assertThat(SharedRedis.server().with(this::nodes)).containsExactly("appended:node");
	}

	private List<String> nodes(RedisConnection connection) {
		return connection.hashCommands()
			.hKeys(this.redis.keys().state())
			.stream()
			.map(LogKeys::text)
			.filter((field) -> field.startsWith("appended:"))
			.toList();
	}

	private List<String> call(long... numbers) {
		return call(this.script, numbers);
	}

	private List<String> call(LogScript script, long... numbers) {
		AsyncCommands commands = this.link.commands();
		return commands.await(script.call(commands, this.start.position(), this.start.life(), false,
				LongStream.of(numbers).mapToObj(RepeatedCallTests::append).toList()))
			.results();
	}

	private static LogOperation append(long number) {
		SseEvent event = SseEvent.of("event " + number);
		LogRecord.Event record = LogRecord.Event
			.of(new LogEvent("news", event, ENCODER.encode(event), null, Retention.NONE));
		return new LogOperation.Append(number, record, LogRecord.write(record), new CompletableFuture<>());
	}

	private String position(long sequence) {
		return this.start.position().at(sequence).toString();
	}

}
