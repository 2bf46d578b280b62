package io.github.bettersse.event;

import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;

import io.github.bettersse.SseException;

/**
 * What an {@link EventBuffer} takes whole: sources of many events.
 */
abstract sealed class BufferedSources permits EventBuffer {

	private static final String ITERATION = "iteration";

	private static final String STREAM = "stream";

	abstract EventBuffer buffer();

	/**
	 * Push each item as an event named {@code iteration}; an item that is an
	 * {@link SseEvent} as it is.
	 * @param items the items
	 * @return this buffer
	 * @throws SseException if an item cannot be serialised
	 */
	public EventBuffer iterate(Iterable<?> items) {
		return iterate(items.iterator());
	}

	/**
	 * Push each item as an event.
	 * @param items the items
	 * @param eventName the name of all these events, items that are an {@link SseEvent}
	 * included
	 * @return this buffer
	 * @throws SseException if an item cannot be serialised, or the name contains CR, LF
	 * or NUL
	 */
	public EventBuffer iterate(Iterable<?> items, String eventName) {
		return iterate(items.iterator(), eventName);
	}

	/**
	 * Push each remaining item as {@link #iterate(Iterable)} does.
	 * @param items the items
	 * @return this buffer
	 */
	public EventBuffer iterate(Iterator<?> items) {
		while (items.hasNext()) {
			Object item = items.next();
			buffer().push((item instanceof SseEvent event) ? event : SseEvent.of(item).name(ITERATION));
		}
		return buffer();
	}

	/**
	 * Push each remaining item as {@link #iterate(Iterable, String)} does.
	 * @param items the items
	 * @param eventName the name of all these events
	 * @return this buffer
	 * @throws SseException if an item cannot be serialised, or the name contains CR, LF
	 * or NUL
	 */
	public EventBuffer iterate(Iterator<?> items, String eventName) {
		FieldRules.requireName(eventName);
		while (items.hasNext()) {
			buffer().push(items.next(), eventName);
		}
		return buffer();
	}

	/**
	 * Push each item as {@link #iterate(Iterable)} does, and close the stream.
	 * @param items the items; always closed
	 * @return this buffer
	 */
	public EventBuffer iterate(Stream<?> items) {
		try (items) {
			return iterate(items.iterator());
		}
	}

	/**
	 * Push each item as {@link #iterate(Iterable, String)} does, and close the stream.
	 * @param items the items; always closed
	 * @param eventName the name of all these events
	 * @return this buffer
	 * @throws SseException if an item cannot be serialised, or the name contains CR, LF
	 * or NUL
	 */
	public EventBuffer iterate(Stream<?> items, String eventName) {
		try (items) {
			return iterate(items.iterator(), eventName);
		}
	}

	/**
	 * Push the text of bytes as events named {@code stream}, one for each piece that can
	 * be read, and close the source. Blocks as the source does.
	 * @param bytes the source, read as UTF-8; no character is cut; always closed
	 * @return this buffer
	 * @throws SseException if a piece cannot be serialised
	 * @throws UncheckedIOException if the source cannot be read or closed
	 */
	public EventBuffer stream(InputStream bytes) {
		return stream(bytes, STREAM);
	}

	/**
	 * Push the text of bytes as {@link #stream(InputStream)} does.
	 * @param bytes the source, read as UTF-8; no character is cut; always closed
	 * @param eventName the name of all these events
	 * @return this buffer
	 * @throws SseException if a piece cannot be serialised, or the name contains CR, LF
	 * or NUL
	 * @throws UncheckedIOException if the source cannot be read or closed
	 */
	public EventBuffer stream(InputStream bytes, String eventName) {
		try (TextChunks pieces = TextChunks.of(bytes)) {
			return iterate(pieces, eventName);
		}
	}

	/**
	 * Push text as {@link #stream(InputStream)} does that of bytes.
	 * @param text the source; always closed
	 * @return this buffer
	 * @throws SseException if a piece cannot be serialised
	 * @throws UncheckedIOException if the source cannot be read or closed
	 */
	public EventBuffer stream(Reader text) {
		return stream(text, STREAM);
	}

	/**
	 * Push text as {@link #stream(InputStream, String)} does that of bytes.
	 * @param text the source; always closed
	 * @param eventName the name of all these events
	 * @return this buffer
	 * @throws SseException if a piece cannot be serialised, or the name contains CR, LF
	 * or NUL
	 * @throws UncheckedIOException if the source cannot be read or closed
	 */
	public EventBuffer stream(Reader text, String eventName) {
		try (TextChunks pieces = TextChunks.of(text)) {
			return iterate(pieces, eventName);
		}
	}

}
