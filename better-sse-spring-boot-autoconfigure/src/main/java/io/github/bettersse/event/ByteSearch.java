package io.github.bettersse.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for ASCII characters in UTF-8, eight bytes at a time.
 */
final class ByteSearch {

	private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

	private static final long LINE_FEEDS = ONES * '\n';

	private static final long RETURNS = ONES * '\r';

	/** Both line ends are less than this, and hardly anything else is. */
	private static final long BEYOND = ONES * ('\r' + 1);

	private ByteSearch() {
	}

	/** Return the index of the first CR or LF, the length if there is none. */
	static int endOfLine(byte[] text, int from) {
		int i = from;
		for (; i <= text.length - Long.BYTES; i += Long.BYTES) {
			long word = (long) WORDS.get(text, i);
			if (((word - BEYOND) & ~word & HIGH_BITS) != 0) {
				long found = zeros(word ^ LINE_FEEDS) | zeros(word ^ RETURNS);
				if (found != 0) {
					return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
				}
			}
		}
		while (i < text.length && text[i] != '\n' && text[i] != '\r') {
			i++;
		}
		return i;
	}

	/** Return how often a character occurs before an index. */
	static int count(byte[] text, int to, char wanted) {
		long wantedEverywhere = ONES * wanted;
		int count = 0;
		int i = 0;
		for (; i <= to - Long.BYTES; i += Long.BYTES) {
			long word = (long) WORDS.get(text, i) ^ wantedEverywhere;
			if (zeros(word) != 0) {
				count += Long.bitCount(exactZeros(word));
			}
		}
		for (; i < to; i++) {
			count += (text[i] == wanted) ? 1 : 0;
		}
		return count;
	}

	/** Return a word whose lowest bit that is set is in the first byte that is zero. */
	private static long zeros(long word) {
		return (word - ONES) & ~word & HIGH_BITS;
	}

	/** Return a word with one bit for each byte that is zero. */
	private static long exactZeros(long word) {
		return ~(((word & ~HIGH_BITS) + ~HIGH_BITS) | word) & HIGH_BITS;
	}

}
