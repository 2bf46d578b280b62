package io.github.bettersse.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The encoded bytes of one or several whole events or comments. A frame is immutable and
 * thread-safe; one and the same frame is written to every session that gets it, and never
 * copied for one.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG:
 * Parsing an event stream</a>
 */
public final class Frame {

	private static final int NO_ID_LINE = -1;

	private static final long NO_TIME = 0;

	/**
	 * An empty comment, {@code :} and two LF: what a connection without events is kept
	 * alive with.
	 */
	public static final Frame KEEP_ALIVE = new Frame(new byte[] { ':', '\n', '\n' }, null, null, NO_ID_LINE, false, 0,
			NO_TIME);

	private final byte[] bytes;

	private final @Nullable String name;

	private final @Nullable String lastId;

	/** Where the line of the one id begins. */
	private final int idLine;

	private final boolean control;

	private final int eventCount;

	private final long time;

	private Frame(byte[] bytes, @Nullable String name, @Nullable String lastId, int idLine, boolean control,
			int eventCount, long time) {
		this.bytes = bytes;
		this.name = name;
		this.lastId = lastId;
		this.idLine = idLine;
		this.control = control;
		this.eventCount = eventCount;
		this.time = time;
	}

	/**
	 * Create a frame that owns its bytes.
	 */
	Frame(byte[] bytes, @Nullable String lastId, int eventCount) {
		this(bytes, null, lastId, NO_ID_LINE, false, eventCount, NO_TIME);
	}

	/**
	 * Create a frame of one event without an id that owns its bytes.
	 */
	Frame(byte[] bytes, @Nullable String name) {
		this(bytes, name, null, NO_ID_LINE, false, (name != null) ? 1 : 0, NO_TIME);
	}

	/**
	 * Create a frame of one event with an id that owns its bytes.
	 */
	Frame(byte[] bytes, @Nullable String name, String id, int idLine) {
		this(bytes, name, id, idLine, false, (name != null) ? 1 : 0, NO_TIME);
	}

	/**
	 * Create a frame of a comment, which clients ignore.
	 * @param text the comment; each of its lines (ended by CR, LF or CRLF) becomes a
	 * comment line
	 * @return a frame without an id
	 */
	public static Frame comment(String text) {
		FieldWriter fields = new FieldWriter(text.length() + 4);
		fields.comment(text);
		fields.endEvent();
		return new Frame(fields.release(), null);
	}

	/**
	 * Join frames to one with all their bytes, in their order.
	 * @param frames the frames; if there is one only, it is returned as it is
	 * @return the joined frame, its last id the last that any of them carries
	 */
	public static Frame join(List<Frame> frames) {
		if (frames.size() == 1) {
			return frames.get(0);
		}
		int size = 0;
		for (Frame frame : frames) {
			size = Math.addExact(size, frame.bytes.length);
		}
		byte[] joined = new byte[size];
		int offset = 0;
		String lastId = null;
		int eventCount = 0;
		long time = NO_TIME;
		for (Frame frame : frames) {
			System.arraycopy(frame.bytes, 0, joined, offset, frame.bytes.length);
			offset += frame.bytes.length;
			lastId = (frame.lastId != null) ? frame.lastId : lastId;
			eventCount += frame.eventCount;
			time = (time != NO_TIME) ? time : frame.time;
		}
		return new Frame(joined, null, lastId, NO_ID_LINE, false, eventCount, time);
	}

	/**
	 * Mark what must reach the client as long as there is one, such as the order not to
	 * come back.
	 * @return a frame of the same bytes that is never dropped from a full queue
	 */
	public Frame asControl() {
		return new Frame(this.bytes, this.name, this.lastId, this.idLine, true, this.eventCount, this.time);
	}

	/**
	 * Return the event of this frame without its id, for a client that must not come back
	 * with it. Copies the bytes if there is an id.
	 * @return a frame after which the client keeps the id that it has
	 * @throws IllegalStateException if this is not the frame of one event
	 */
	public Frame withoutId() {
		if (this.lastId == null) {
			return this;
		}
		if (this.idLine == NO_ID_LINE) {
			throw new IllegalStateException("This is not the frame of one event");
		}
		int end = this.idLine;
		while (this.bytes[end] != '\n') {
			end++;
		}
		int length = end + 1 - this.idLine;
		byte[] rest = Arrays.copyOf(this.bytes, this.bytes.length - length);
		System.arraycopy(this.bytes, end + 1, rest, this.idLine, rest.length - this.idLine);
		return new Frame(rest, this.name, null, NO_ID_LINE, this.control, this.eventCount, this.time);
	}

	/**
	 * Note when an event set out, for whoever writes it to tell how long it took.
	 * @param nanoTime the time by whatever clock, which is not looked at here
	 * @return a frame of the same bytes
	 */
	public Frame withTime(long nanoTime) {
		return new Frame(this.bytes, this.name, this.lastId, this.idLine, this.control, this.eventCount,
				(nanoTime != NO_TIME) ? nanoTime : NO_TIME + 1);
	}

	/**
	 * Return when the first event in this frame set out of which that is known.
	 * @return the time that it was {@linkplain #withTime given}, 0 if none was
	 */
	public long getTime() {
		return this.time;
	}

	/**
	 * Return how many events there are in this frame.
	 * @return the number, 0 for a comment
	 */
	public int getEventCount() {
		return this.eventCount;
	}

	/**
	 * Return whether this frame is never dropped from a full queue.
	 * @return whether it was {@linkplain #asControl() marked}
	 */
	public boolean isControl() {
		return this.control;
	}

	/**
	 * Return the name of the one event in this frame.
	 * @return the name, {@code message} where the event names none; {@code null} if there
	 * is no event in this frame or there are several
	 */
	public @Nullable String getName() {
		return this.name;
	}

	/**
	 * Return the size.
	 * @return the number of bytes; 0 for the frame of an empty {@link EventBuffer}
	 */
	public int size() {
		return this.bytes.length;
	}

	/**
	 * Write all bytes with one call. Blocks as the stream does; does not flush it.
	 * @param out where to write to; must not change the array that it is given
	 * @throws IOException if the stream throws it
	 */
	public void writeTo(OutputStream out) throws IOException {
		out.write(this.bytes, 0, this.bytes.length);
	}

	/**
	 * Return a view of the bytes, without a copy.
	 * @return a new read-only buffer from position 0 to {@link #size()}
	 */
	public ByteBuffer asByteBuffer() {
		return ByteBuffer.wrap(this.bytes).asReadOnlyBuffer();
	}

	/**
	 * Return a copy of the bytes.
	 * @return a new array
	 */
	public byte[] toByteArray() {
		return this.bytes.clone();
	}

	/**
	 * Return the id that a client has after it has read this frame.
	 * @return the last id that the events carry, {@code ""} if that resets the client's,
	 * or {@code null} if none carries one and the client keeps what it has
	 */
	public @Nullable String getLastId() {
		return this.lastId;
	}

	/**
	 * Return the bytes decoded, for debugging.
	 */
	@Override
	public String toString() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

}
