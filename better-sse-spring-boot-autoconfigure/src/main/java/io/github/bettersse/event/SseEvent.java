package io.github.bettersse.event;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.bettersse.SseException;

/**
 * A server-sent event: what is to be sent, not yet its bytes. An event starts as
 * {@link #of(Object) of(data)}, {@link #raw(String) raw(text)} or {@link #empty()} and
 * gets its other fields one by one:
 *
 * <pre class="code">
 * SseEvent.of(article).name("article").id("17").retry(Duration.ofSeconds(5))
 * </pre>
 *
 * <p>
 * An event is immutable (its data is as mutable as the caller made it) and may be used by
 * any number of threads, sessions and channels. An event whose fields would break the
 * stream cannot exist: they are checked here, once. An {@code SseEvent} given where an
 * {@code Object} is asked for as data is that event.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG:
 * Parsing an event stream</a>
 */
public final class SseEvent {

	private static final SseEvent EMPTY = new SseEvent(Content.NONE, null, null, null, null, null);

	private final Content content;

	private final @Nullable Object data;

	private final @Nullable String name;

	private final @Nullable String id;

	private final @Nullable Duration retry;

	private final @Nullable String comment;

	private SseEvent(Content content, @Nullable Object data, @Nullable String name, @Nullable String id,
			@Nullable Duration retry, @Nullable String comment) {
		this.content = content;
		this.data = data;
		this.name = name;
		this.id = id;
		this.retry = retry;
		this.comment = comment;
	}

	/**
	 * Create an event of data that will be serialised by the {@link DataSerializer} of
	 * whatever sends it, by default as JSON.
	 * @param data the data; {@code null} is sent as serialised {@code null}, and an
	 * {@code SseEvent} is that event
	 * @return an event with that data and no other field
	 */
	public static SseEvent of(@Nullable Object data) {
		return (data instanceof SseEvent event) ? event : new SseEvent(Content.OBJECT, data, null, null, null, null);
	}

	/** Create an event whose data is what a frame says, once somebody asks. */
	static SseEvent ofFrame(Frame frame) {
		return new SseEvent(Content.TEXT, new FrameText(frame), null, null, null, null);
	}

	/**
	 * Create an event of text that is sent as it is, without serialisation. Each of its
	 * lines (ended by CR, LF or CRLF) becomes a {@code data} line; a client gets them
	 * back joined by LF. A surrogate without its partner is sent as U+FFFD.
	 * @param text the text; may be empty
	 * @return an event with that text as data and no other field
	 */
	public static SseEvent raw(String text) {
		Objects.requireNonNull(text, "text must not be null");
		return new SseEvent(Content.TEXT, text, null, null, null, null);
	}

	/**
	 * Return an event without data. A client dispatches no event for it, but follows its
	 * {@linkplain #id(String) id} and its {@linkplain #retry(Duration) retry}.
	 * @return an event without any field
	 */
	public static SseEvent empty() {
		return EMPTY;
	}

	/**
	 * Return the event that an argument named data stands for.
	 * @param data an event, or data to be serialised
	 * @return {@code data} itself if it is an event, else {@link #of(Object) of(data)}
	 */
	public static SseEvent from(@Nullable Object data) {
		return of(data);
	}

	/**
	 * Return a copy of this event with a name: the type of the event that a client
	 * listens to.
	 * @param name the name; {@code "message"} and {@code ""} are what a client assumes by
	 * itself
	 * @return the new event
	 * @throws SseException if the name contains CR, LF or NUL
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG:
	 * Interpreting an event stream</a>
	 */
	public SseEvent name(String name) {
		return new SseEvent(this.content, this.data, FieldRules.requireName(name), this.id, this.retry, this.comment);
	}

	/**
	 * Return a copy of this event with an id: what a client sends as
	 * {@code Last-Event-ID} when it comes back.
	 * @param id the id; {@code ""} makes the client forget the one that it has. A
	 * surrogate without its partner is replaced by U+FFFD
	 * @return the new event
	 * @throws SseException if the id contains CR, LF or NUL, or could be mistaken for one
	 * that the library generates (see {@link EventId#requireGiven(String)})
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header">WHATWG:
	 * The Last-Event-ID header</a>
	 */
	public SseEvent id(String id) {
		return new SseEvent(this.content, this.data, this.name, EventId.requireGiven(id), this.retry, this.comment);
	}

	/**
	 * Return a copy of this event with a reconnection time: how long a client waits
	 * before it comes back after its connection was lost. It holds until another one is
	 * sent.
	 * @param retry the time, from 0 to 2147483647 ms; what is finer than a millisecond is
	 * cut off
	 * @return the new event
	 * @throws SseException if the time is negative or too long
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#concept-event-stream-reconnection-time">WHATWG:
	 * Reconnection time</a>
	 */
	public SseEvent retry(Duration retry) {
		return new SseEvent(this.content, this.data, this.name, this.id, FieldRules.requireRetry(retry), this.comment);
	}

	/**
	 * Return a copy of this event with a comment, which clients ignore. Each of its lines
	 * (ended by CR, LF or CRLF) becomes a comment line, before the other fields.
	 * @param comment the comment; may be empty
	 * @return the new event
	 */
	public SseEvent comment(String comment) {
		Objects.requireNonNull(comment, "comment must not be null");
		return new SseEvent(this.content, this.data, this.name, this.id, this.retry, comment);
	}

	/**
	 * Return the data.
	 * @return the object to serialise or the {@linkplain #isRaw() raw} text; {@code null}
	 * if that is the data, or if {@linkplain #hasData() there is none}
	 */
	public @Nullable Object getData() {
		return (this.data instanceof FrameText text) ? text.toString() : this.data;
	}

	/**
	 * Return the name.
	 * @return the name, or {@code null} if none was given
	 */
	public @Nullable String getName() {
		return this.name;
	}

	/**
	 * Return the id that was given. An event that is sent without one may get one then.
	 * @return the id, or {@code null} if none was given
	 */
	public @Nullable String getId() {
		return this.id;
	}

	/**
	 * Return the reconnection time.
	 * @return the time, or {@code null} if none was given
	 */
	public @Nullable Duration getRetry() {
		return this.retry;
	}

	/**
	 * Return the comment.
	 * @return the comment, or {@code null} if none was given
	 */
	public @Nullable String getComment() {
		return this.comment;
	}

	/**
	 * Return whether there is data, {@code null} included.
	 * @return {@code false} for an event that started as {@link #empty()}
	 */
	public boolean hasData() {
		return this.content != Content.NONE;
	}

	/**
	 * Return whether the data is text to be sent as it is.
	 * @return {@code true} for an event that started as {@link #raw(String)}
	 */
	public boolean isRaw() {
		return this.content == Content.TEXT;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof SseEvent event && this.content == event.content
				&& Objects.equals(getData(), event.getData()) && Objects.equals(this.name, event.name)
				&& Objects.equals(this.id, event.id) && Objects.equals(this.retry, event.retry)
				&& Objects.equals(this.comment, event.comment));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.content, getData(), this.name, this.id, this.retry, this.comment);
	}

	@Override
	public String toString() {
		return "SseEvent[comment=" + this.comment + ", name=" + this.name + ", id=" + this.id + ", retry=" + this.retry
				+ ", " + (hasData() ? "data=" + this.data : "no data") + "]";
	}

	private enum Content {

		NONE, OBJECT, TEXT

	}

}
