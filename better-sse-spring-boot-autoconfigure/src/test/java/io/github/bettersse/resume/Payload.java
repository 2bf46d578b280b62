package io.github.bettersse.resume;

import java.util.Random;
import java.util.zip.CRC32;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Texts of several lines in one to four bytes a character, which show whether they are
 * whole.
 */
final class Payload {

	private static final String[] PIECES = { "x", "\u00e9", "\u20ac", "\ud83d\ude00", "\n", " ", ": ", "id: 0" };

	private static final int MAX_PIECES = 80;

	private Payload() {
	}

	static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int pieces = random.nextInt(MAX_PIECES); pieces > 0; pieces--) {
			text.append(PIECES[random.nextInt(PIECES.length)]);
		}
		return checksum(text.toString()) + "|" + text;
	}

	static boolean isWhole(String text) {
		int bar = text.indexOf('|');
		return bar > 0 && text.substring(0, bar).equals(checksum(text.substring(bar + 1)));
	}

	private static String checksum(String text) {
		CRC32 crc = new CRC32();
		crc.update(text.getBytes(UTF_8));
		return Long.toHexString(crc.getValue());
	}

}
