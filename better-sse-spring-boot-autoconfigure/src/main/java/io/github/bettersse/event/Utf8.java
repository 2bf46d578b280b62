package io.github.bettersse.event;

import java.nio.charset.StandardCharsets;

/**
 * Text to bytes as every browser does it: a surrogate without its partner becomes U+FFFD,
 * where {@link String#getBytes(java.nio.charset.Charset)} would write a question mark.
 */
final class Utf8 {

	private static final char REPLACEMENT = '\uFFFD';

	private Utf8() {
	}

	static byte[] encode(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return isWellFormed(text, bytes) ? bytes : wellFormed(text).getBytes(StandardCharsets.UTF_8);
	}

	/** Most text is ASCII, which is soon seen; the rest must have no mark of its own. */
	private static boolean isWellFormed(String text, byte[] bytes) {
		if (bytes.length == text.length() && text.equals(new String(bytes, StandardCharsets.ISO_8859_1))) {
			return true;
		}
		int marks = ByteSearch.count(bytes, bytes.length, '?');
		return marks == 0 || marks == count(text, '?');
	}

	private static int count(String text, char wanted) {
		int count = 0;
		for (int i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + 1)) {
			count++;
		}
		return count;
	}

	static String wellFormed(String text) {
		int lone = loneSurrogate(text, 0);
		if (lone < 0) {
			return text;
		}
		StringBuilder wellFormed = new StringBuilder(text);
		for (int i = lone; i >= 0; i = loneSurrogate(text, i + 1)) {
			wellFormed.setCharAt(i, REPLACEMENT);
		}
		return wellFormed.toString();
	}

	private static int loneSurrogate(String text, int from) {
		int i = from;
		while (i < text.length()) {
			char c = text.charAt(i);
			if (!Character.isSurrogate(c)) {
				i++;
			}
			else if (Character.isHighSurrogate(c) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1))) {
				i += 2;
			}
			else {
				return i;
			}
		}
		return -1;
	}

}
