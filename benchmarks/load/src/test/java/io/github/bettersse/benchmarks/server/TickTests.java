package io.github.bettersse.benchmarks.server;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TickTests {

	@Test
	void hasTheSizeThatIsAskedFor() {
		assertThat(Tick.data(0, 16)).hasSize(16).matches("0,\\d{10},xxx");
		assertThat(Tick.data(99, 1024)).hasSize(1024).startsWith("99,").endsWith("xxx");
		assertThat(Tick.data(12345, 1)).matches("12345,\\d{10},");
	}

	@Test
	void tellsTimeAcrossTheWrapOfTheClock() {
		assertThat(Tick.between(9_999_999_990L, 15)).isEqualTo(25);
		assertThat(Tick.between(10, 15)).isEqualTo(5);
	}

	@Test
	void reachesAllStreams() {
		assertThat(IntStream.range(0, 10_000).map((sequence) -> Tick.scatter(sequence, 10_000)).distinct().count())
			.isEqualTo(10_000);
	}

}
