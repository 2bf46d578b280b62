package io.github.bettersse;

import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is packed comes out again, to the last unpaired surrogate.
 */
@PropertyDefaults(tries = 300)
class PackedTextPropertyTests {

	@Property
	void whatIsPackedComesOutAgain(@ForAll("texts") String first,
			@ForAll("values") Map<String, List<String>> valuesByName, @ForAll("optionalTexts") @Nullable String last) {
		byte[] packed = new PackedText.Writer().write(first).write(valuesByName).writeOptional(last).toBytes();
		PackedText.Reader reader = new PackedText.Reader(packed);
		assertThat(reader.read()).isEqualTo(first);
		assertThat(List.copyOf(reader.readAll().entrySet())).isEqualTo(List.copyOf(valuesByName.entrySet()));
		assertThat(reader.readOptional()).isEqualTo(last);
	}

	@Property
	void latin1TakesAByteACharacterAndKnownTextNextToNothing(@ForAll("latin1") String text) {
		assertThat(new PackedText.Writer().write(text).write("User-Agent").write("text/event-stream").toBytes())
			.hasSizeLessThanOrEqualTo(text.length() + 2 + 2 + 2);
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.oneOf(latin1(), Arbitraries.strings().all().ofMaxLength(300),
				Arbitraries.strings().withChars('a', '\uD83D', '\uDE00').ofMaxLength(5),
				Arbitraries.of("GET", "last-event-id", "Last-Event-ID", "LAST-EVENT-ID", "text/event-stream", "?1"));
	}

	@Provide
	Arbitrary<String> latin1() {
		return Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(4000);
	}

	@Provide
	Arbitrary<String> optionalTexts() {
		return texts().injectNull(0.5);
	}

	@Provide
	Arbitrary<Map<String, List<String>>> values() {
		return Arbitraries.maps(texts(), texts().list().ofMaxSize(3)).ofMaxSize(5);
	}

}
