package io.github.bettersse.event;

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
	 * Return the size of the event without an {@code id} line.
	 * @return the number of bytes
	 */
	public int size() {
		return this.bytes.length;
	}

}
