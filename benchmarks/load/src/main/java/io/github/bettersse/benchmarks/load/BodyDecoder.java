package io.github.bettersse.benchmarks.load;

/**
 * Takes the chunks of HTTP/1.1 from a body, if it is chunked, in pieces of any size.
 * Allocates nothing. Not thread-safe.
 */
final class BodyDecoder {

	private static final int SIZE = 0;

	private static final int EXTENSION = 1;

	private static final int DATA = 2;

	private static final int END_OF_DATA = 3;

	private final EventStreamParser parser;

	private boolean chunked;

	private int state = SIZE;

	private int remaining;

	BodyDecoder(EventStreamParser parser) {
		this.parser = parser;
	}

	void start(boolean chunked) {
		this.chunked = chunked;
		this.state = SIZE;
		this.remaining = 0;
		this.parser.restart();
	}

	/** Return whether this was the end of the body. */
	boolean decode(byte[] bytes, int from, int to) {
		if (!this.chunked) {
			this.parser.parse(bytes, from, to);
			return false;
		}
		int i = from;
		while (i < to) {
			if (this.state == DATA) {
				int length = Math.min(to - i, this.remaining);
				this.parser.parse(bytes, i, i + length);
				i += length;
				this.remaining -= length;
				if (this.remaining == 0) {
					this.state = END_OF_DATA;
				}
			}
			else if (framing(bytes[i++])) {
				return true;
			}
		}
		return false;
	}

	/** Return whether it was the end of the size of the last chunk, which is 0. */
	private boolean framing(byte b) {
		if (b != '\n') {
			if (this.state == SIZE) {
				size(b);
			}
			return false;
		}
		if (this.state == END_OF_DATA) {
			this.state = SIZE;
			return false;
		}
		this.state = DATA;
		return this.remaining == 0;
	}

	private void size(byte b) {
		int digit = Character.digit(b, 16);
		if (digit >= 0) {
			this.remaining = this.remaining * 16 + digit;
		}
		else {
			this.state = EXTENSION;
		}
	}

}
