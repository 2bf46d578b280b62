package io.github.bettersse.eventlog;

import java.util.stream.Stream;

import io.github.bettersse.event.EventId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PositionTests {

	@Test
	void positionStandsInAnIdField() {
		Position position = new Position("0abcdefghz", 41);
		assertThat(position).hasToString("0abcdefghz-41");
		assertThat(position.next()).hasToString("0abcdefghz-42");
		assertThat(position.next()).isEqualTo(new Position("0abcdefghz", 42));
	}

	@Test
	void epochsAreRandomAndOfTheReservedForm() {
		assertThat(Stream.generate(Position::newEpoch).limit(100).map(Position::toString)).doesNotHaveDuplicates()
			.allMatch(EventId::isPosition)
			.allMatch((position) -> position.endsWith("-0"));
	}

}
