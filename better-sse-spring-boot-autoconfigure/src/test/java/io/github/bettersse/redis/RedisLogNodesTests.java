package io.github.bettersse.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.github.bettersse.SseException;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.Retention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.stream.ByteRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What nodes on a Redis that is always there do beyond what all shared logs must.
 */
class RedisLogNodesTests {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private static final Retention ALL = LogNode.ALL;

	private final SharedRedis redis = new SharedRedis();

	private final RedisEventLog one = this.redis.newNode();

	@AfterEach
	void close() {
		this.redis.close();
	}

	@Test
	void nodeThatStartsKnowsAges() {
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
	void tooLargeAnEventIsRefused() {
		SseEvent event = SseEvent.of("x".repeat(RedisLogSettings.DEFAULTS.maxRecordSize()));
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.one.append(new LogEvent("news", event, ENCODER.encode(event), null, ALL)));
	}

	@Test
	void closedLogRefusesWhatItDidNotTake() {
		SseEvent event = SseEvent.of("x");
		this.one.close();
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.one.append(new LogEvent("news", event, ENCODER.encode(event), null, ALL)))
			.withMessage("Cannot broadcast: the log is closed.");
	}

	@Test
	void idsOfTheStreamDoNotDependOnTheClock() {
		append(this.one, SseEvent.of("a"), ALL);
		append(this.one, SseEvent.of("b"), ALL);
		List<ByteRecord> records = SharedRedis.server()
			.with((connection) -> connection.streamCommands().xRange(this.redis.keys().stream(), Range.unbounded()));
		assertThat(records).extracting((record) -> record.getId().getValue()).contains("1-0", "2-0");
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
