package io.github.bettersse.event;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searching eight bytes at a time finds what searching one by one finds.
 */
class ByteSearchTests {

	@Property
	void findsTheEndOfALine(@ForAll("texts") byte[] text, @ForAll @IntRange(max = 40) int from) {
		int start = Math.min(from, text.length);
		int expected = start;
		while (expected < text.length && text[expected] != '\n' && text[expected] != '\r') {
			expected++;
		}
		assertThat(ByteSearch.endOfLine(text, start)).isEqualTo(expected);
	}

	@Property
	void countsUpToAnIndex(@ForAll("texts") byte[] text, @ForAll @IntRange(max = 40) int to) {
		int end = Math.min(to, text.length);
		int expected = 0;
		for (int i = 0; i < end; i++) {
			expected += (text[i] == '\n') ? 1 : 0;
		}
		assertThat(ByteSearch.count(text, end, '\n')).isEqualTo(expected);
	}

	/** With neighbours of what is looked for, in value and with the high bit set. */
	@Provide
	Arbitrary<byte[]> texts() {
		return Arbitraries
			.of((byte) '\n', (byte) '\r', (byte) 'x', (byte) 0x0b, (byte) 0x09, (byte) 0x0c, (byte) 0x8a, (byte) 0x8d,
					(byte) 0, (byte) -1)
			.array(byte[].class)
			.ofMaxSize(40);
	}

}
