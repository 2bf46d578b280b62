package io.github.bettersse.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * The text of a byte or character stream in the pieces in which it arrives, at most 8,192
 * characters each. No character is cut, wherever the pieces of the source end: bytes are
 * decoded statefully, and surrogate pairs stay together. Not thread-safe, but
 * {@link #close()} closes the source even while another thread reads it, which ends a
 * read that blocks if that is what the source does. {@link #hasNext()} blocks as the
 * source does, and throws {@link UncheckedIOException} when it fails.
 */
public final class TextChunks implements Iterator<String>, AutoCloseable {

	private static final int MAX_CHARS = 8192;

	private final Reader reader;

	/** Not always the reader: that one locks its close() while it reads. */
	private final Closeable source;

	private final char[] chars = new char[MAX_CHARS];

	/** How many characters at the head of the array were left for the next piece. */
	private int kept;

	private @Nullable String next;

	private boolean ended;

	private TextChunks(Reader reader, Closeable source) {
		this.reader = reader;
		this.source = source;
	}

	/**
	 * Read bytes as UTF-8; malformed ones become U+FFFD.
	 * @param bytes the source
	 * @return its pieces
	 */
	public static TextChunks of(InputStream bytes) {
		return new TextChunks(new InputStreamReader(bytes, StandardCharsets.UTF_8), bytes);
	}

	/**
	 * Read characters.
	 * @param text the source
	 * @return its pieces
	 */
	public static TextChunks of(Reader text) {
		return new TextChunks(text, text);
	}

	@Override
	public boolean hasNext() {
		while (this.next == null && !this.ended) {
			read();
		}
		return this.next != null;
	}

	private void read() {
		try {
			int read = this.reader.read(this.chars, this.kept, this.chars.length - this.kept);
			this.ended = read < 0;
			int length = this.kept + Math.max(0, read);
			this.kept = (!this.ended && length > 0 && Character.isHighSurrogate(this.chars[length - 1])) ? 1 : 0;
			int taken = length - this.kept;
			this.next = (taken > 0) ? new String(this.chars, 0, taken) : null;
			this.chars[0] = (this.kept > 0) ? this.chars[taken] : this.chars[0];
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String next() {
		if (!hasNext() || this.next == null) {
			throw new NoSuchElementException();
		}
		String chunk = this.next;
		this.next = null;
		return chunk;
	}

	@Override
	public void close() {
		try {
			this.source.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
