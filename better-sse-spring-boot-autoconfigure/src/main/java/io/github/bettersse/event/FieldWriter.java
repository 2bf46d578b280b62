package io.github.bettersse.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Writes fields to a growing array of bytes. Values are split into lines here and nowhere
 * else, on bytes: in UTF-8 those of CR and LF occur in no other character. A field that
 * is {@code null} is not written. Not thread-safe.
 */
final class FieldWriter {

	private static final char MAX_ASCII = 0x7f;

	/** How much of a text is looked at to tell how many lines there are. */
	private static final int SAMPLE = 1024;

	private static final byte[] COMMENT = ascii(": ");

	private static final byte[] EVENT = ascii("event: ");

	private static final byte[] ID = ascii("id: ");

	private static final byte[] EMPTY_ID = ascii("id:");

	private static final byte[] RETRY = ascii("retry: ");

	private static final byte[] DATA = ascii("data: ");

	private byte[] bytes;

	private boolean grown;

	private int size;

	/** Where the event begins that is being written. */
	private int eventStart;

	private int largestEvent;

	FieldWriter(int capacity) {
		this.bytes = new byte[capacity];
	}

	void comment(@Nullable String text) {
		if (text != null) {
			lines(COMMENT, Utf8.encode(text));
		}
	}

	void event(@Nullable String name) {
		if (name != null && !name.isEmpty()) {
			line(EVENT, name);
		}
	}

	void id(@Nullable String id) {
		if (id != null) {
			line(id.isEmpty() ? EMPTY_ID : ID, id);
		}
	}

	void retry(@Nullable Duration retry) {
		if (retry != null) {
			line(RETRY, Long.toString(retry.toMillis()));
		}
	}

	void data(byte @Nullable [] text) {
		if (text != null) {
			lines(DATA, text);
		}
	}

	void endEvent() {
		reserve(1);
		this.bytes[this.size++] = '\n';
		this.largestEvent = Math.max(this.largestEvent, this.size - this.eventStart);
		this.eventStart = this.size;
	}

	/** Return the size of the largest event, whether or not it was ended. */
	int largestEvent() {
		return Math.max(this.largestEvent, this.size - this.eventStart);
	}

	/**
	 * Write fields as another writer has encoded them.
	 */
	void copy(byte[] source, int from, int to) {
		reserve(to - from);
		append(source, from, to);
	}

	void copy(FieldWriter source) {
		copy(source.bytes, 0, source.size);
	}

	/**
	 * Return whether fields were written after the last end of an event. No field is an
	 * empty line, so two line ends in a row are the end of an event.
	 */
	boolean isInsideEvent() {
		return this.size > 1 && this.bytes[this.size - 2] != '\n';
	}

	int size() {
		return this.size;
	}

	void clear() {
		this.size = 0;
		this.eventStart = 0;
		this.largestEvent = 0;
	}

	/**
	 * Hand over what was written, without a copy if the capacity was exact. The writer
	 * must not be used again.
	 */
	byte[] release() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

	@Override
	public String toString() {
		return new String(this.bytes, 0, this.size, StandardCharsets.UTF_8);
	}

	private void lines(byte[] field, byte[] text) {
		int start = 0;
		int end = ByteSearch.endOfLine(text, start);
		if (end < text.length) {
			reserveLines(field, text);
		}
		while (end < text.length) {
			line(field, text, start, end);
			boolean crLf = text[end] == '\r' && end + 1 < text.length && text[end + 1] == '\n';
			start = end + (crLf ? 2 : 1);
			end = ByteSearch.endOfLine(text, start);
		}
		line(field, text, start, end);
	}

	/**
	 * Make room for all lines and the end of the event at once, as far as can be told
	 * from the first of them: for a short text exactly, if no line ends with a CR.
	 */
	private void reserveLines(byte[] field, byte[] text) {
		int sample = Math.min(text.length, SAMPLE);
		long lineEnds = (long) ByteSearch.count(text, sample, '\n') * text.length / sample;
		int count = Math.toIntExact(text.length + field.length + 2 + lineEnds * field.length);
		reserve(count);
	}

	/** Write a value that is short, and nearly always ASCII. */
	private void line(byte[] field, String value) {
		int length = value.length();
		reserve(field.length + length + 1);
		int end = this.size;
		for (byte b : field) {
			this.bytes[end++] = b;
		}
		for (int i = 0; i < length; i++) {
			char c = value.charAt(i);
			if (c > MAX_ASCII) {
				byte[] encoded = Utf8.encode(value);
				line(field, encoded, 0, encoded.length);
				return;
			}
			this.bytes[end++] = (byte) c;
		}
		this.bytes[end++] = '\n';
		this.size = end;
	}

	private void line(byte[] field, byte[] value, int from, int to) {
		reserve(field.length + to - from + 1);
		append(field, 0, field.length);
		append(value, from, to);
		this.bytes[this.size++] = '\n';
	}

	private void append(byte[] source, int from, int to) {
		System.arraycopy(source, from, this.bytes, this.size, to - from);
		this.size += to - from;
	}

	private void reserve(int count) {
		int needed = Math.addExact(this.size, count);
		if (needed > this.bytes.length) {
			// Nearly all writers are for one event, and this was said to be all of it
			int more = this.grown ? this.bytes.length + (this.bytes.length >> 1) : 0;
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, more));
			this.grown = true;
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
