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

	private static final byte[] COMMENT = ascii(": ");

	private static final byte[] EVENT = ascii("event: ");

	private static final byte[] ID = ascii("id: ");

	private static final byte[] EMPTY_ID = ascii("id:");

	private static final byte[] RETRY = ascii("retry: ");

	private static final byte[] DATA = ascii("data: ");

	private byte[] bytes;

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
			line(EVENT, Utf8.encode(name));
		}
	}

	void id(@Nullable String id) {
		if (id != null) {
			line(id.isEmpty() ? EMPTY_ID : ID, Utf8.encode(id));
		}
	}

	void retry(@Nullable Duration retry) {
		if (retry != null) {
			line(RETRY, ascii(Long.toString(retry.toMillis())));
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
		int end = endOfLine(text, start);
		while (end < text.length) {
			line(field, text, start, end);
			boolean crLf = text[end] == '\r' && end + 1 < text.length && text[end + 1] == '\n';
			start = end + (crLf ? 2 : 1);
			end = endOfLine(text, start);
		}
		line(field, text, start, end);
	}

	private static int endOfLine(byte[] text, int from) {
		return ByteSearch.indexOf(text, from, '\n', '\r');
	}

	private void line(byte[] field, byte[] value) {
		line(field, value, 0, value.length);
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
			int grown = this.bytes.length + (this.bytes.length >> 1);
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, grown));
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
