package io.github.bettersse.event;

import java.io.Reader;

/**
 * Characters that come in pieces, also empty ones.
 */
final class PiecesOfText extends Reader {

	private final String text;

	private final int[] cuts;

	private int piece;

	private int position;

	PiecesOfText(String text, int... cuts) {
		this.text = text;
		this.cuts = cuts;
	}

	@Override
	public int read(char[] target, int offset, int length) {
		if (this.position == this.text.length() && this.piece >= this.cuts.length) {
			return -1;
		}
		int end = (this.piece < this.cuts.length) ? this.cuts[this.piece] : this.text.length();
		int count = Math.min(length, end - this.position);
		this.text.getChars(this.position, this.position + count, target, offset);
		this.position += count;
		this.piece += (this.position == end) ? 1 : 0;
		return count;
	}

	@Override
	public void close() {
	}

}
