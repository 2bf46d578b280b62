package io.github.bettersse.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JacksonDataSerializer}.
 */
class JacksonDataSerializerTests {

	private final JacksonDataSerializer serializer = new JacksonDataSerializer(JsonMapper.shared());

	@Test
	void stringsAreJsonToo() {
		assertThat(text("a \"b\"\nü")).isEqualTo("\"a \\\"b\\\"\\nü\"");
	}

	@Test
	void objectsNumbersAndNullAreJson() {
		assertThat(text(Map.of("day", LocalDate.of(2026, 1, 31)))).isEqualTo("{\"day\":\"2026-01-31\"}");
		assertThat(text(7)).isEqualTo("7");
		assertThat(text(null)).isEqualTo("null");
	}

	@Test
	void whatCannotBeSerialisedFails() {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> text(new Unreadable()));
	}

	private String text(@Nullable Object data) {
		return new String(this.serializer.serialize(data), StandardCharsets.UTF_8);
	}

	static class Unreadable {

		public String getText() {
			throw new IllegalStateException("unreadable");
		}

	}

}
