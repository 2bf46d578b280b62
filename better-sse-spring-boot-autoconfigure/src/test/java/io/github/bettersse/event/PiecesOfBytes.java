package io.github.bettersse.event;

import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes that come in pieces, however many are asked for.
 */
final class PiecesOfBytes extends InputStream {

	private final byte[] bytes;

	private final int[] cuts;

	private int position;

	PiecesOfBytes(byte[] bytes, int... cuts) {
		this.bytes = bytes;
		this.cuts = cuts;
	}

	@Override
	public int read() {
		throw new AssertionError("read byte by byte");
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		if (this.position == this.bytes.length) {
			return -1;
		}
		int end = Arrays.stream(this.cuts).filter((cut) -> cut > this.position).findFirst().orElse(this.bytes.length);
		int count = Math.min(length, end - this.position);
		System.arraycopy(this.bytes, this.position, target, offset, count);
		this.position += count;
		return count;
	}

}
