package io.github.bettersse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Texts one behind the other, in little memory: a byte or two for one that is
 * {@linkplain KnownText known}, else about a byte a character. Each begins with a number,
 * seven bits a byte, the last two of which tell what the others are:
 *
 * <pre>
 *   ..00  the number of a known text
 *   ..01  how many characters of Latin-1 follow
 *   ..10  how many bytes of UTF-16 follow
 *   ..11  nothing: there is no text
 * </pre>
 */
final class PackedText {

	private static final int KNOWN = 0;

	private static final int LATIN_1 = 1;

	private static final int UTF_16 = 2;

	private static final int NONE = 3;

	private PackedText() {
	}

	/** Not thread-safe. */
	static final class Writer {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

		Writer writeOptional(@Nullable String text) {
			if (text != null) {
				return write(text);
			}
			number(NONE);
			return this;
		}

		Writer write(String text) {
			Integer known = KnownText.numberOf(text);
			if (known != null) {
				number(known << 2 | KNOWN);
			}
			else if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
				write(text.getBytes(StandardCharsets.ISO_8859_1), LATIN_1);
			}
			else {
				ByteBuffer utf16 = ByteBuffer.allocate(text.length() * 2);
				utf16.asCharBuffer().put(text);
				write(utf16.array(), UTF_16);
			}
			return this;
		}

		private void write(byte[] encoded, int kind) {
			number(encoded.length << 2 | kind);
			this.bytes.writeBytes(encoded);
		}

		/** Write the values of each name. */
		Writer write(Map<String, List<String>> valuesByName) {
			number(valuesByName.size());
			valuesByName.forEach((name, values) -> {
				write(name);
				number(values.size());
				values.forEach(this::write);
			});
			return this;
		}

		private void number(int number) {
			int rest = number;
			while (rest > 0x7F) {
				this.bytes.write(rest | 0x80);
				rest >>>= 7;
			}
			this.bytes.write(rest);
		}

		byte[] toBytes() {
			return this.bytes.toByteArray();
		}

	}

	/** Reads in the order of writing. Not thread-safe. */
	static final class Reader {

		private final ByteBuffer bytes;

		Reader(byte[] bytes) {
			this.bytes = ByteBuffer.wrap(bytes);
		}

		@Nullable String readOptional() {
			int number = number();
			int rest = number >>> 2;
			return switch (number & 3) {
				case KNOWN -> KnownText.get(rest);
				case LATIN_1 -> StandardCharsets.ISO_8859_1.decode(take(rest)).toString();
				case UTF_16 -> take(rest).asCharBuffer().toString();
				default -> null;
			};
		}

		String read() {
			String text = readOptional();
			if (text == null) {
				throw new IllegalStateException("There is no text");
			}
			return text;
		}

		/** Read the values of each name, in their order. */
		Map<String, List<String>> readAll() {
			Map<String, List<String>> valuesByName = new LinkedHashMap<>();
			for (int names = number(); names > 0; names--) {
				valuesByName.put(read(), readList());
			}
			return valuesByName;
		}

		private List<String> readList() {
			String[] values = new String[number()];
			for (int i = 0; i < values.length; i++) {
				values[i] = read();
			}
			return List.of(values);
		}

		private ByteBuffer take(int length) {
			ByteBuffer taken = this.bytes.slice(this.bytes.position(), length);
			this.bytes.position(this.bytes.position() + length);
			return taken;
		}

		private int number() {
			int number = 0;
			int shift = 0;
			int next;
			do {
				next = this.bytes.get();
				number |= (next & 0x7F) << shift;
				shift += 7;
			}
			while (next < 0);
			return number;
		}

	}

}
