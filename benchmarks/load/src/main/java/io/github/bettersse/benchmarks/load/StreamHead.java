package io.github.bettersse.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads the head of a response in pieces of any size. Not thread-safe.
 */
final class StreamHead {

	private static final int MAX_SIZE = 16 * 1024;

	private byte[] bytes = new byte[0];

	/**
	 * Add what was read.
	 * @return the index after the head in these bytes, or -1 if more is to come
	 * @throws IllegalStateException if it is no head of an event stream
	 */
	int add(byte[] piece, int length) {
		int before = this.bytes.length;
		this.bytes = Arrays.copyOf(this.bytes, before + length);
		System.arraycopy(piece, 0, this.bytes, before, length);
		String text = text();
		int end = text.indexOf("\r\n\r\n");
		if (end < 0) {
			if (this.bytes.length > MAX_SIZE) {
				throw new IllegalStateException("The head is too long");
			}
			return -1;
		}
		this.bytes = Arrays.copyOf(this.bytes, end + 2);
		if (!text.startsWith("HTTP/1.1 200")) {
			throw new IllegalStateException("Status " + text.substring(0, text.indexOf("\r\n")));
		}
		return end + 4 - before;
	}

	boolean isChunked() {
		return text().toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n");
	}

	private String text() {
		return new String(this.bytes, StandardCharsets.ISO_8859_1);
	}

}
