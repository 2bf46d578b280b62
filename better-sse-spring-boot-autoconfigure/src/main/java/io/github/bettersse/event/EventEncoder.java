package io.github.bettersse.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.bettersse.SseException;

/**
 * Encodes events. The fields are in the order comment, {@code event}, {@code id},
 * {@code retry}, {@code data}, each line is {@code field: value} and a LF, and a blank
 * line ends the event. The names {@code message} and {@code ""} are not written, because
 * a client assumes them by itself. Thread-safe if its serializer is.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG:
 * Parsing an event stream</a>
 */
public final class EventEncoder {

	private static final String DEFAULT_NAME = "message";

	/**
	 * The bytes of {@code data: }, its line end and the blank line.
	 */
	private static final int DATA_OVERHEAD = 8;

	/**
	 * The bytes of {@code event: } and its line end.
	 */
	private static final int NAME_OVERHEAD = 8;

	private final DataSerializer serializer;

	private final long maxSize;

	/**
	 * Create an encoder.
	 * @param serializer makes text of data that is not {@linkplain SseEvent#raw(String)
	 * raw}
	 */
	public EventEncoder(DataSerializer serializer) {
		this(serializer, 0);
	}

	/**
	 * Create an encoder whose events may have a size only.
	 * @param serializer makes text of data that is not {@linkplain SseEvent#raw(String)
	 * raw}
	 * @param maxSize how many bytes an event may have without an id line, zero for any
	 * number
	 */
	public EventEncoder(DataSerializer serializer, long maxSize) {
		this.serializer = Objects.requireNonNull(serializer, "serializer must not be null");
		this.maxSize = maxSize;
	}

	/**
	 * Encode an event with an id that is known. The event's own id is not looked at: the
	 * caller has resolved it.
	 * @param event the event
	 * @param id the id, of any kind: given, random or a position; {@code ""} resets that
	 * of the client, {@code null} writes no {@code id} line
	 * @return the frame, with this id as its {@linkplain Frame#getLastId() last}
	 * @throws SseException if the data cannot be serialised, the event is too large, or
	 * the id contains CR, LF or NUL
	 */
	public Frame encode(SseEvent event, @Nullable String id) {
		return encode(event).withId(id);
	}

	/**
	 * Encode an event whose id is not yet known. The event's own id is not looked at.
	 * @param event the event
	 * @return all of the event but its id
	 * @throws SseException if the data cannot be serialised, or the event is too large
	 */
	public EncodedEvent encode(SseEvent event) {
		return frame(event, EventData.of(event, this.serializer));
	}

	/**
	 * A method of its own, since the compiler may have given up when it comes here after
	 * a serializer.
	 */
	private EncodedEvent frame(SseEvent event, byte @Nullable [] data) {
		String name = (event.getName() != null && !event.getName().isEmpty()) ? event.getName() : DEFAULT_NAME;
		String written = DEFAULT_NAME.equals(name) ? null : name;
		// Exactly what an event of one line takes, so that its bytes are not copied
		// again.
		FieldWriter fields = new FieldWriter(DATA_OVERHEAD + ((data != null) ? data.length : 0)
				+ ((written != null) ? NAME_OVERHEAD + written.length() : 0));
		fields.comment(event.getComment());
		fields.event(written);
		int idOffset = fields.size();
		fields.retry(event.getRetry());
		fields.data(data);
		fields.endEvent();
		requireSize(fields.size());
		return new EncodedEvent(event.hasData() ? name : null, fields.release(), idOffset);
	}

	/**
	 * Check the size of an event that was encoded elsewhere.
	 * @param size how many bytes it has
	 * @throws SseException if these are more than an event may have
	 */
	public void requireSize(long size) {
		if (this.maxSize > 0 && size > this.maxSize) {
			throw new SseException(
					"Cannot send an event of " + size + " bytes: max-event-size is " + this.maxSize + ".");
		}
	}

}
