package io.github.bettersse;

import java.time.Duration;
import java.util.Map;

import io.github.bettersse.eventlog.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How much channels keep, and which rule says so.
 */
class HistoryTests {

	@Test
	void limitsHoldTogether() {
		History history = History.ofEvents(5).maxAge(Duration.ofMinutes(1)).maxSize(1000);
		assertThat(history.retention()).isEqualTo(new Retention(5, Duration.ofMinutes(1), 1000));
		assertThat(History.ofAge(Duration.ofMinutes(1)).maxSize(1000).maxEvents(5)).isEqualTo(history)
			.hasSameHashCodeAs(history);
		assertThat(History.ofSize(1000)).isNotEqualTo(history);
		assertThat(History.none().isNone()).isTrue();
		assertThat(history.isNone()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void limitsAreGreaterThanZero(int limit) {
		assertThatIllegalArgumentException().isThrownBy(() -> History.ofEvents(limit))
			.withMessageContaining("maxEvents");
		assertThatIllegalArgumentException().isThrownBy(() -> History.ofSize(limit)).withMessageContaining("maxSize");
		assertThatIllegalArgumentException().isThrownBy(() -> History.ofAge(Duration.ofNanos(limit)))
			.withMessageContaining("maxAge");
		assertThatIllegalArgumentException().isThrownBy(() -> ReplayFrom.latest(limit));
	}

	@ParameterizedTest
	@CsvSource({ "news, 1", "news.sport, 2", "news.sport.live, 3", "user:ann, 4", "user:, 4", "a*c, 6", "abc, 5",
			"abbbc, 5", "ab, 9", "newsX, 9", "(x), 7", "'line\nbreak.live', 3" })
	void longestRuleForTheNameWins(String channel, int maxEvents) {
		HistoryRules rules = new HistoryRules(Map.of("news", History.ofEvents(1), "news.*", History.ofEvents(2),
				"*.live", History.ofEvents(8), "*sport.live", History.ofEvents(3), "line*.live", History.ofEvents(3),
				"user:*", History.ofEvents(4), "a*c", History.ofEvents(6), "(x)", History.ofEvents(7), "ab*c",
				History.ofEvents(5)), History.ofEvents(9));
		assertThat(rules.retention(channel, null).maxEvents()).isEqualTo(maxEvents);
	}

	@Test
	void rulesGoBeforeOptionsAndThoseBeforeTheDefault() {
		HistoryRules rules = new HistoryRules(Map.of("off", History.none(), "n*", History.ofEvents(1)),
				History.ofEvents(3));
		assertThat(rules.retention("news", History.ofEvents(2)).maxEvents()).isEqualTo(1);
		assertThat(rules.retention("sport", History.ofEvents(2)).maxEvents()).isEqualTo(2);
		assertThat(rules.retention("sport", History.none()).isNone()).isTrue();
		assertThat(rules.retention("sport", null).maxEvents()).isEqualTo(3);
		assertThat(rules.retention("off", History.ofEvents(2)).isNone()).isTrue();
	}

}
