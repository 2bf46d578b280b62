package io.github.bettersse.event;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class DataSerializerTests {

	private final DataSerializer serializer = DataSerializer.ofText(Object::toString);

	@Test
	void writesTheTextAsUtf8() {
		assertThat(this.serializer.serialize("é\n\uD83D\uDE00"))
			.isEqualTo("é\n\uD83D\uDE00".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void writesNullWithoutTheFunction() {
		assertThat(this.serializer.serialize(null)).isEqualTo("null".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void replacesALoneSurrogate() {
		assertThat(this.serializer.serialize("\uD83D")).containsExactly(0xEF, 0xBF, 0xBD);
	}

	@Test
	@SuppressWarnings("NullAway")
	void refusesNullText() {
		assertThatNullPointerException().isThrownBy(() -> DataSerializer.ofText(null));
		assertThatNullPointerException().isThrownBy(() -> DataSerializer.ofText((data) -> null).serialize("a"));
	}

}
