package io.github.bettersse;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a connection that is lost at a given place. Not thread-safe.
 */
final class CutInputStream extends FilterInputStream {

	private int left = Integer.MAX_VALUE;

	CutInputStream(InputStream in) {
		super(in);
	}

	/** End after so many more bytes. */
	void cutAfter(int bytes) {
		this.left = bytes;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.left == 0) {
			return -1;
		}
		int read = super.read(bytes, offset, Math.min(length, this.left));
		this.left -= Math.max(read, 0);
		return read;
	}

}
