package io.github.bettersse.event;

import java.util.UUID;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.bettersse.SseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventIdTests {

	@ParameterizedTest
	@ValueSource(strings = { "0123456789-0", "abcdefghij-1", "0abcdefghz-00042", "zzzzzzzzzz-99999999999999999999999" })
	void reservesPositions(String id) {
		assertThat(EventId.isPosition(id)).isTrue();
		assertThat(EventId.isRandom(id)).isFalse();
		assertRefused(id);
		assertRefused(" " + id);
		assertRefused(id + "\t ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "~", "~x", "~0123456789-0", "~d3b07384-d9a0-4c3b-8a43-3c6f8a2f3d11" })
	void reservesRandomIds(String id) {
		assertThat(EventId.isPosition(id)).isFalse();
		assertThat(EventId.isRandom(id)).isTrue();
		assertRefused(id);
		assertRefused(" " + id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "7", " ", "a~b", "0123456789-", "012345678-0", "0123456789a-0", "ABCDEFGHIJ-1",
			"abcdefghij-1a", "abcdefghij_1", "abcdefghij--1", "abcdefghij-\u0661", "abcdefgh\u00E9j-1",
			"x abcdefghij-1", "\u2028", "a:b", "d3b07384-d9a0-4c3b-8a43-3c6f8a2f3d11" })
	void allowsAnythingElse(String id) {
		assertThat(EventId.isPosition(id)).isFalse();
		assertThat(EventId.isRandom(id)).isFalse();
		assertThat(EventId.requireGiven(id)).isEqualTo(id);
		assertThat(SseEvent.empty().id(id).getId()).isEqualTo(id);
	}

	@Test
	void aGivenIdIsWhatComesBack() {
		assertThat(EventId.requireGiven("a\uD83Db\uD83D\uDE00")).isEqualTo("a\uFFFDb\uD83D\uDE00");
	}

	@Test
	void recognisesAPositionOfAnyLength() {
		assertThat(EventId.isPosition("abcdefghij-" + "1".repeat(1_000_000))).isTrue();
	}

	@RepeatedTest(20)
	void randomIdsAreVersionFourUuids() {
		String id = EventId.random();
		assertThat(id).hasSize(37).matches("[A-Za-z0-9._~-]{1,128}");
		assertThat(EventId.isRandom(id)).isTrue();
		UUID uuid = UUID.fromString(id.substring(1));
		assertThat(uuid.version()).isEqualTo(4);
		assertThat(uuid.variant()).isEqualTo(2);
		assertThat(EventId.random()).isNotEqualTo(id);
	}

	private static void assertRefused(String id) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> EventId.requireGiven(id));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.empty().id(id));
	}

}
