package io.github.bettersse.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for ASCII characters in UTF-8, eight bytes at a time.
 */
final class ByteSearch {

	private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

	private ByteSearch() {
	}

	/** Return the index of the first of two characters, the length if there is none. */
	static int indexOf(byte[] text, int from, char first, char second) {
		int i = from;
		while (i + Long.BYTES <= text.length) {
			long word = (long) WORDS.get(text, i);
			if ((zeros(word ^ ONES * first) | zeros(word ^ ONES * second)) != 0) {
				break;
			}
			i += Long.BYTES;
		}
		while (i < text.length && text[i] != first && text[i] != second) {
			i++;
		}
		return i;
	}

	/** Return zero if no byte of a word is zero. */
	private static long zeros(long word) {
		return (word - ONES) & ~word & HIGH_BITS;
	}

	static int count(byte[] text, char wanted) {
		int count = 0;
		for (int i = indexOf(text, 0, wanted, wanted); i < text.length; i = indexOf(text, i + 1, wanted, wanted)) {
			count++;
		}
		return count;
	}

}
