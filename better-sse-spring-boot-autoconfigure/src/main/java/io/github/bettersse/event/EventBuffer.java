package io.github.bettersse.event;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.bettersse.SseException;

/**
 * Collects fields, comments and events that are then sent together, with one write. It
 * writes what it is told to, in that order: unlike a session or a channel it adds no id,
 * and it does write the name {@code message}. Fields that were written and not yet
 * {@linkplain #dispatch() dispatched} belong to the event that is pushed next. Not
 * thread-safe.
 *
 * <p>
 * A method that throws has written nothing, but for {@code iterate} and {@code stream},
 * which have written the items before.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG:
 * Parsing an event stream</a>
 */
public final class EventBuffer extends BufferedSources {

	private static final int INITIAL_CAPACITY = 256;

	private final DataSerializer serializer;

	private final FieldWriter fields = new FieldWriter(INITIAL_CAPACITY);

	private @Nullable String lastId;

	private int dispatched;

	/** Whether a client would dispatch what was written since: it ignores the rest. */
	private boolean hasData;

	private EventBuffer(DataSerializer serializer) {
		this.serializer = serializer;
	}

	/**
	 * Create an empty buffer.
	 * @param serializer makes text of data that is not {@linkplain SseEvent#raw(String)
	 * raw}
	 * @return the buffer
	 */
	public static EventBuffer using(DataSerializer serializer) {
		return new EventBuffer(Objects.requireNonNull(serializer, "serializer must not be null"));
	}

	/**
	 * Write the name of the event.
	 * @param name the name; {@code ""} writes no line
	 * @return this buffer
	 * @throws SseException if the name contains CR, LF or NUL
	 */
	public EventBuffer event(String name) {
		this.fields.event(FieldRules.requireName(name));
		return this;
	}

	/**
	 * Serialise data and write it, one {@code data} line for each line of its text. A
	 * client joins all data of an event by LF.
	 * @param data the data; {@code null} is written as serialised {@code null}, and of an
	 * {@link SseEvent} its data, if it has any
	 * @return this buffer
	 * @throws SseException if the data cannot be serialised
	 */
	public EventBuffer data(@Nullable Object data) {
		writeData(EventData.of(SseEvent.from(data), this.serializer));
		return this;
	}

	/**
	 * Write the id of the event.
	 * @param id the id; {@code ""} makes the client forget the one that it has
	 * @return this buffer
	 * @throws SseException if the id is not {@linkplain EventId#requireGiven(String)
	 * allowed}
	 */
	public EventBuffer id(String id) {
		writeId(EventId.requireGiven(id));
		return this;
	}

	/**
	 * Write the reconnection time of the client.
	 * @param retry the time, from 0 to 2147483647 ms; what is finer than a millisecond is
	 * cut off
	 * @return this buffer
	 * @throws SseException if the time is negative or too long
	 */
	public EventBuffer retry(Duration retry) {
		this.fields.retry(FieldRules.requireRetry(retry));
		return this;
	}

	/**
	 * Write a comment, one comment line for each line of the text.
	 * @param comment the comment; may be empty
	 * @return this buffer
	 */
	public EventBuffer comment(String comment) {
		this.fields.comment(Objects.requireNonNull(comment, "comment must not be null"));
		return this;
	}

	/**
	 * End the event, with a blank line.
	 * @return this buffer
	 */
	public EventBuffer dispatch() {
		this.fields.endEvent();
		this.dispatched += this.hasData ? 1 : 0;
		this.hasData = false;
		return this;
	}

	/**
	 * Write an event of data and dispatch it.
	 * @param data the data, or an {@link SseEvent} as in {@link #push(SseEvent)}
	 * @return this buffer
	 * @throws SseException if the data cannot be serialised
	 */
	public EventBuffer push(@Nullable Object data) {
		return push(SseEvent.from(data));
	}

	/**
	 * Write an event of data with a name and dispatch it.
	 * @param data the data, or an {@link SseEvent}, which is renamed
	 * @param eventName the name
	 * @return this buffer
	 * @throws SseException if the data cannot be serialised, or the name contains CR, LF
	 * or NUL
	 */
	public EventBuffer push(@Nullable Object data, String eventName) {
		return push(SseEvent.from(data).name(eventName));
	}

	/**
	 * Write an event of data with a name and an id and dispatch it.
	 * @param data the data, or an {@link SseEvent}, whose name and id are replaced
	 * @param eventName the name
	 * @param eventId the id
	 * @return this buffer
	 * @throws SseException if the data cannot be serialised, or the name or id is not
	 * allowed
	 */
	public EventBuffer push(@Nullable Object data, String eventName, String eventId) {
		return push(SseEvent.from(data).name(eventName).id(eventId));
	}

	/**
	 * Write the fields that an event has, in the order comment, {@code event},
	 * {@code id}, {@code retry}, {@code data}, and dispatch it.
	 * @param event the event; {@code null} is the data {@code null}, since
	 * {@code push(null)} means this method
	 * @return this buffer
	 * @throws SseException if the data cannot be serialised
	 */
	public EventBuffer push(@Nullable SseEvent event) {
		SseEvent pushed = SseEvent.from(event);
		byte[] data = EventData.of(pushed, this.serializer);
		this.fields.comment(pushed.getComment());
		this.fields.event(pushed.getName());
		writeId(pushed.getId());
		this.fields.retry(pushed.getRetry());
		writeData(data);
		return dispatch();
	}

	/**
	 * Forget all that was written.
	 * @return this buffer
	 */
	public EventBuffer clear() {
		this.fields.clear();
		this.lastId = null;
		this.dispatched = 0;
		this.hasData = false;
		return this;
	}

	/**
	 * Return all that was written, as text. The buffer keeps it.
	 * @return the content, exactly as written
	 */
	public String read() {
		return this.fields.toString();
	}

	/**
	 * Return the size of the largest event that was written.
	 * @return the number of bytes with all its fields, also of one not yet dispatched; 0
	 * if the buffer is empty
	 */
	public int getLargestEventSize() {
		return this.fields.largestEvent();
	}

	/**
	 * Return all that was written, as a frame. The buffer keeps it. An event not yet
	 * dispatched is ended in the frame, so that it cannot merge with what a client gets
	 * next.
	 * @return a frame of a copy of the content
	 */
	public Frame toFrame() {
		FieldWriter whole = new FieldWriter(this.fields.size() + 1);
		whole.copy(this.fields);
		if (whole.isInsideEvent()) {
			whole.endEvent();
		}
		return new Frame(whole.release(), this.lastId, this.dispatched + (this.hasData ? 1 : 0));
	}

	@Override
	EventBuffer buffer() {
		return this;
	}

	private void writeData(byte @Nullable [] data) {
		this.fields.data(data);
		this.hasData |= data != null;
	}

	private void writeId(@Nullable String id) {
		this.fields.id(id);
		this.lastId = (id != null) ? id : this.lastId;
	}

}
