package io.github.bettersse.event;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitrary text made of what could break an event stream, and what a client must read of
 * it.
 */
final class HostileText {

	private static final Arbitrary<String> MARKS = Arbitraries.of("\r", "\n", "\r\n", "\n\n", "\0", "\uFEFF", "\u2028",
			"\u2029", "\u0085", "\u000B", "\f", "\uD83D", "\uDE00", "\uD83D\uDE00", "\u00E9", "\uFFFD", "\uFFFF", ":",
			" ", "\t", "~");

	private static final Arbitrary<String> FIELDS = Arbitraries.of("data", "data: x", "id", "id: ~x",
			"id: abcdefghij-1", "event: x", "event", "retry: 1", "retry", ": x", "abcdefghij-1", "~x", "message");

	private static final Arbitrary<String> CHARACTERS = Arbitraries.chars().all().map(String::valueOf);

	private static final Arbitrary<String> LONG = Combinators
		.combine(CHARACTERS, Arbitraries.integers().between(1_000, 20_000))
		.as(String::repeat);

	private HostileText() {
	}

	static Arbitrary<String> lines() {
		return Arbitraries
			.frequencyOf(Tuple.of(8, MARKS), Tuple.of(6, FIELDS), Tuple.of(4, CHARACTERS), Tuple.of(1, LONG))
			.list()
			.ofMaxSize(12)
			.map((parts) -> String.join("", parts));
	}

	/**
	 * Text that an event name or an id may hold.
	 */
	static Arbitrary<String> singleLine() {
		return lines().map((text) -> text.replaceAll("[\r\n\0]", ""));
	}

	/**
	 * An id that the application may give.
	 */
	static Arbitrary<String> givenId() {
		return singleLine().map((id) -> isGenerated(id.trim()) ? "given " + id : id);
	}

	static Arbitrary<String> generatedId() {
		return Arbitraries.oneOf(singleLine().map((text) -> "~" + text),
				Combinators
					.combine(Arbitraries.strings().withCharRange('0', '9').withCharRange('a', 'z').ofLength(10),
							Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(30))
					.as((epoch, sequence) -> epoch + "-" + sequence));
	}

	/**
	 * Whether an id is a cursor or a random id, by the words of the design.
	 */
	static boolean isGenerated(String id) {
		return id.matches("[0-9a-z]{10}-[0-9]+") || id.startsWith("~");
	}

	/**
	 * Return text as a client reads it: with LF only, and U+FFFD for lone surrogates.
	 */
	static String read(String text) {
		StringBuilder read = new StringBuilder();
		text.replace("\r\n", "\n")
			.replace('\r', '\n')
			.codePoints()
			.map((c) -> (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '\uFFFD' : c)
			.forEach(read::appendCodePoint);
		return read.toString();
	}

	static List<String> readLines(String text) {
		return List.of(read(text).split("\n", -1));
	}

}
