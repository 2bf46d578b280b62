package io.github.bettersse.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.github.bettersse.SseException;

/**
 * An event encoded once whose id is not yet known: an event log gives it a position only
 * when it is appended. Immutable and thread-safe.
 */
public final class EncodedEvent {

	/**
	 * The length of {@code id: } and a line end.
	 */
	private static final int ID_LINE_OVERHEAD = 5;

	private final @Nullable String name;

	private final byte[] bytes;

	private final int idOffset;

	EncodedEvent(@Nullable String name, byte[] bytes, int idOffset) {
		this.name = name;
		this.bytes = bytes;
		this.idOffset = idOffset;
	}

	/**
	 * Return the frame of the event with an id. Nothing is serialised again; the cost is
	 * at most one copy of the bytes.
	 * @param id the id, of any kind: given, random or a position; {@code ""} resets that
	 * of the client, {@code null} writes no {@code id} line
	 * @return the frame, with this id as its {@linkplain Frame#getLastId() last}
	 * @throws SseException if the id contains CR, LF or NUL
	 */
	public Frame withId(@Nullable String id) {
		if (id == null) {
			return new Frame(this.bytes, this.name);
		}
		String checked = FieldRules.requireId(id);
		FieldWriter fields = new FieldWriter(this.bytes.length + ID_LINE_OVERHEAD + checked.length());
		fields.copy(this.bytes, 0, this.idOffset);
		fields.id(checked);
		fields.copy(this.bytes, this.idOffset, this.bytes.length);
		return new Frame(fields.release(), this.name, checked, this.idOffset);
	}

	/**
	 * Write this event, for {@link #readFrom} to restore.
	 * @param out where to write to
	 * @throws IOException if that fails
	 */
	public void writeTo(DataOutput out) throws IOException {
		out.writeBoolean(this.name != null);
		if (this.name != null) {
			WireText.write(this.name, out);
		}
		out.writeInt(this.idOffset);
		out.writeInt(this.bytes.length);
		out.write(this.bytes);
	}

	/**
	 * Read an event that was written by {@link #writeTo}, of this JVM or another one.
	 * @param in where to read from
	 * @param maxSize how many bytes the event may have
	 * @return the event
	 * @throws IOException if it cannot be read or is none
	 */
	public static EncodedEvent readFrom(DataInput in, int maxSize) throws IOException {
		String name = in.readBoolean() ? WireText.read(in, maxSize) : null;
		int idOffset = in.readInt();
		int length = in.readInt();
		if (length < 0 || length > maxSize || idOffset < 0 || idOffset > length) {
			throw new IOException("An event of " + length + " bytes with its id at " + idOffset);
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		if (idOffset > 0 && bytes[idOffset - 1] != '\n') {
			throw new IOException("An event with its id within a line");
		}
		return new EncodedEvent(name, bytes, idOffset);
	}

	/**
	 * Return the event that a frame was made of, as far as can be told from its bytes.
	 * @param frame the frame, made by {@link #withId}
	 * @param id the id that the application gave, if any
	 * @return an event with its name, this id and the text that its data was serialised
	 * to as {@linkplain SseEvent#isRaw() raw} text, decoded when asked for
	 */
	public SseEvent asEvent(Frame frame, @Nullable String id) {
		SseEvent event = (this.name != null) ? SseEvent.ofFrame(frame).name(this.name) : SseEvent.empty();
		return (id != null) ? event.id(id) : event;
	}

	/**
	 * Return the name of the event.
	 * @return the name, {@code message} where none was given; {@code null} if it has no
	 * data
	 */
	public @Nullable String getName() {
		return this.name;
	}

	/**
	 * Return the size of the event without an {@code id} line.
	 * @return the number of bytes
	 */
	public int size() {
		return this.bytes.length;
	}

}
