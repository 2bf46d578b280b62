package io.github.bettersse.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Text in a binary record: its size in bytes, then UTF-8. Unlike
 * {@link DataOutput#writeUTF} of any length.
 */
public final class WireText {

	private WireText() {
	}

	/**
	 * Write text.
	 * @param text the text
	 * @param out where to write to
	 * @throws IOException if that fails
	 */
	public static void write(String text, DataOutput out) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	/**
	 * Read text.
	 * @param in where to read from
	 * @param maxSize how many bytes it may have
	 * @return the text
	 * @throws IOException if it cannot be read
	 */
	public static String read(DataInput in, int maxSize) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > maxSize) {
			throw new IOException("A text of " + length + " bytes");
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
