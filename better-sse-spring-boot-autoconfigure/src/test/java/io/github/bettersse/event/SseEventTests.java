package io.github.bettersse.event;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.bettersse.SseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SseEventTests {

	private static final SseEvent FULL = SseEvent.of("a").name("n").id("7").retry(Duration.ofMillis(5)).comment("c");

	@Test
	void startsWithDataOnly() {
		SseEvent event = SseEvent.of("a");
		assertThat(event.hasData()).isTrue();
		assertThat(event.isRaw()).isFalse();
		assertThat(event.getData()).isEqualTo("a");
		assertThat(event.getName()).isNull();
		assertThat(event.getId()).isNull();
		assertThat(event.getRetry()).isNull();
		assertThat(event.getComment()).isNull();
	}

	@Test
	void nullIsData() {
		assertThat(SseEvent.of(null).hasData()).isTrue();
		assertThat(SseEvent.of(null).getData()).isNull();
		assertThat(SseEvent.of(null)).isNotEqualTo(SseEvent.empty());
	}

	@Test
	void rawTextIsData() {
		SseEvent event = SseEvent.raw("a");
		assertThat(event.hasData()).isTrue();
		assertThat(event.isRaw()).isTrue();
		assertThat(event.getData()).isEqualTo("a");
		assertThat(event).isNotEqualTo(SseEvent.of("a"));
	}

	@Test
	void emptyHasNoData() {
		assertThat(SseEvent.empty().hasData()).isFalse();
		assertThat(SseEvent.empty().isRaw()).isFalse();
		assertThat(SseEvent.empty().getData()).isNull();
	}

	@Test
	void anEventGivenAsDataIsThatEvent() {
		assertThat(SseEvent.from(FULL)).isSameAs(FULL);
		assertThat(SseEvent.of(FULL)).isSameAs(FULL);
		assertThat(SseEvent.from("a")).isEqualTo(SseEvent.of("a"));
		assertThat(SseEvent.from(null)).isEqualTo(SseEvent.of(null));
	}

	@Test
	void keepsAllFields() {
		assertThat(FULL.getData()).isEqualTo("a");
		assertThat(FULL.getName()).isEqualTo("n");
		assertThat(FULL.getId()).isEqualTo("7");
		assertThat(FULL.getRetry()).isEqualTo(Duration.ofMillis(5));
		assertThat(FULL.getComment()).isEqualTo("c");
		assertThat(FULL).hasToString("SseEvent[comment=c, name=n, id=7, retry=PT0.005S, data=a]");
		assertThat(SseEvent.empty()).hasToString("SseEvent[comment=null, name=null, id=null, retry=null, no data]");
	}

	@Test
	void everyFieldMakesANewEvent() {
		SseEvent event = SseEvent.raw("a");
		event.name("n").id("7").retry(Duration.ZERO).comment("c");
		assertThat(event).isEqualTo(SseEvent.raw("a"));
	}

	@Test
	void equalsByEveryField() {
		assertThat(FULL).isEqualTo(SseEvent.of("a").comment("c").retry(Duration.ofMillis(5)).id("7").name("n"))
			.hasSameHashCodeAs(SseEvent.of("a").comment("c").retry(Duration.ofMillis(5)).id("7").name("n"))
			.isNotEqualTo(FULL.name("m"))
			.isNotEqualTo(FULL.id("8"))
			.isNotEqualTo(FULL.retry(Duration.ZERO))
			.isNotEqualTo(FULL.comment("d"))
			.isNotEqualTo(SseEvent.of("b").comment("c").retry(Duration.ofMillis(5)).id("7").name("n"))
			.isNotEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\rb", "a\r\nb", "\n", "a\u0000", "x\n\ndata: forged" })
	void refusesLineEndsAndNulInNameAndId(String value) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.of("a").name(value));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.of("a").id(value));
	}

	@Test
	void saysWhatIsWrongWithAValue() {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.of("a").name("ab\rc"))
			.withMessage("Illegal character U+000D at index 2 of the event name");
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.of("a").id("~x"))
			.withMessage("Event id '~x' is of a form reserved for generated ids");
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.of("a").retry(Duration.ofMillis(-1)))
			.withMessage("Retry PT-0.001S is not within 0 and 2147483647 ms");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "message", "é", "a:b", "\u2028", "abcdefghij-1", "~x" })
	void allowsAnyOtherName(String name) {
		assertThat(SseEvent.of("a").name(name).getName()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-0.000000001S", "PT-1S", "PT2147483.647000001S", "PT2147483.648S",
			"PT2562047788015215H30M7S" })
	void refusesARetryOutOfRange(Duration retry) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.empty().retry(retry));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT2147483.647S" })
	void allowsTheLimitsOfRetry(Duration retry) {
		assertThat(SseEvent.empty().retry(retry).getRetry()).isEqualTo(retry);
	}

	@Test
	@SuppressWarnings("NullAway")
	void refusesNull() {
		SseEvent event = SseEvent.empty();
		assertThatNullPointerException().isThrownBy(() -> SseEvent.raw(null));
		assertThatNullPointerException().isThrownBy(() -> event.name(null));
		assertThatNullPointerException().isThrownBy(() -> event.id(null));
		assertThatNullPointerException().isThrownBy(() -> event.retry(null));
		assertThatNullPointerException().isThrownBy(() -> event.comment(null));
	}

}
