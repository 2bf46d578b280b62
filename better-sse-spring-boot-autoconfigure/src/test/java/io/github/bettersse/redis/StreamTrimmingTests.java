package io.github.bettersse.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.stream.ByteRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nodes have had time to read goes: the stream takes its size, and up to a quarter
 * more.
 */
class StreamTrimmingTests {

	private static final int SIZE = 10_000;

	private final SharedRedis redis = new SharedRedis();

	private final LogNode node = new LogNode(SharedRedis.server().port(),
			new RedisLogSettings(this.redis.keys().prefix(), "node", 0, Duration.ofSeconds(5), 10, 2 * SIZE, SIZE,
					Duration.ofDays(1), 1024 * 1024));

	@BeforeEach
	void begin() {
		this.node.append("first");
	}

	@AfterEach
	void close() {
		this.node.close();
		this.redis.close();
	}

	@Test
	void events() {
		assertStaysWithinItsSize((i) -> this.node.append("x".repeat(100)));
	}

	@Test
	void largeEventsOfWhichFewFit() {
		assertStaysWithinItsSize((i) -> this.node.append("x".repeat(2000)));
	}

	@Test
	void largeEventsBehindSmallOnes() {
		assertStaysWithinItsSize((i) -> this.node.append("x".repeat((i % 100 < 50) ? 10 : 2000)));
	}

	@Test
	void whatNodesTell() {
		assertStaysWithinItsSize((i) -> this.node.log().tell(new byte[98]));
	}

	@Test
	void whatNodesTellAmongEvents() {
		assertStaysWithinItsSize((i) -> {
			this.node.append("x".repeat(100));
			this.node.log().tell(new byte[98]);
			this.node.log().tell(new byte[98]);
		});
	}

	@Test
	void recordsWithoutAMark() {
		ForeignRecords foreign = new ForeignRecords(this.redis.keys());
		for (int i = 0; i < 40; i++) {
			foreign.addMarked("none", "", new byte[10]);
		}
		assertStaysWithinItsSize((i) -> this.node.append("x".repeat(100)));
		assertThat(records()).noneMatch((record) -> record.content().length == 10);
	}

	private void assertStaysWithinItsSize(IntConsumer addition) {
		for (int i = 0; i < 200; i++) {
			addition.accept(i);
		}
		this.node.append("last");
		List<StreamRecord> records = records();
		int size = records.stream().mapToInt((record) -> record.content().length).sum();
		int oldest = records.get(0).content().length;
		assertThat(size).isBetween(SIZE - oldest, SIZE + SIZE / 4);
	}

	private List<StreamRecord> records() {
		List<ByteRecord> records = SharedRedis.server()
			.with((connection) -> connection.streamCommands().xRange(this.redis.keys().stream(), Range.unbounded()));
		return records.stream().map(StreamRecord::of).toList();
	}

}
