package io.github.bettersse;

import java.io.InputStream;
import java.io.Reader;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.bettersse.event.EventBuffer;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * One open event stream to one client.
 * <p>
 * Thread-safe. What is pushed arrives in the order of the pushes, behind what was
 * broadcast before by the same thread. Sending does not wait for the client: what the
 * socket does not take is queued, bounded in bytes. The one exception is the endpoint's
 * own thread before its handler has returned: it writes to the socket itself, and blocks
 * while the socket is full, so that a loop in a handler streams.
 * <p>
 * Delivery is at most once: a push that returned normally was handed to the session, not
 * to the client. Every sending method throws {@link SseException} when the session is not
 * connected, and when the data cannot be serialised; nothing is sent then.
 * <p>
 * Listeners run on the library's task executor, for one session in order and one at a
 * time; one that throws is logged and harms no other.
 *
 * @param <S> the type of the state kept with the session
 */
public interface Session<S> {

	/** Name of the events of a push that names none: {@value}. */
	String DEFAULT_EVENT_NAME = "message";

	/** Name of the events of {@code iterate} where none is given: {@value}. */
	String ITERATION_EVENT_NAME = "iteration";

	/** Name of the events of {@code stream} where none is given: {@value}. */
	String STREAM_EVENT_NAME = "stream";

	/**
	 * Return the unique id of this session.
	 * @return a random UUID
	 */
	String getId();

	/**
	 * Return the application's state.
	 * @return the state
	 * @throws IllegalStateException if none was given
	 */
	S getState();

	/**
	 * Replace the application's state.
	 * @param state the new state
	 */
	void setState(S state);

	/**
	 * Return the id of the last event: at first the one that the client came with (empty
	 * when it came with none, or is not trusted), later the newest that was sent.
	 * @return the id, never {@code null}
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#concept-event-stream-last-event-id">last
	 * event ID string</a>
	 */
	String getLastEventId();

	/**
	 * Return whether events can be pushed: from the start of the handler until the
	 * session is closed or its client is known to have gone.
	 * @return whether the session is connected
	 */
	boolean isConnected();

	/**
	 * Return a copy of the request that opened this session.
	 * @return the handshake, immutable
	 */
	Handshake getHandshake();

	/**
	 * Return how many pushes and broadcasts were dropped since this session's client read
	 * too slowly.
	 * @return the number, 0 with {@link OverflowStrategy#DISCONNECT}
	 */
	long getDroppedCount();

	/**
	 * Push data under the name {@code message}.
	 * @param data the data to serialise; {@code null} is sent as such; an
	 * {@link SseEvent} is sent as that event
	 * @return this session
	 */
	default Session<S> push(@Nullable Object data) {
		return push((data instanceof SseEvent event) ? event : SseEvent.of(data).name(DEFAULT_EVENT_NAME));
	}

	/**
	 * Push data under a name.
	 * @param data the data to serialise
	 * @param eventName the event's name, without CR, LF and NUL
	 * @return this session
	 */
	default Session<S> push(@Nullable Object data, String eventName) {
		return push(SseEvent.from(data).name(eventName));
	}

	/**
	 * Push data under a name and an id.
	 * @param data the data to serialise
	 * @param eventName the event's name, without CR, LF and NUL
	 * @param eventId the event's id, without CR, LF and NUL; not of the form of a log
	 * position and not starting with {@code ~}
	 * @return this session
	 */
	default Session<S> push(@Nullable Object data, String eventName, String eventId) {
		return push(SseEvent.from(data).name(eventName).id(eventId));
	}

	/**
	 * Push an event. Without an id of its own an event with data gets a random one, but
	 * none while the session is in a channel that keeps history: it would take the place
	 * of the position from which the client resumes.
	 * @param event the event; {@code null}, as in {@code push(null)}, sends the data null
	 * @return this session
	 */
	Session<S> push(@Nullable SseEvent event);

	/**
	 * Send what the callback puts into a new buffer in one write and one flush. The
	 * callback runs on the caller.
	 * @param batcher fills the buffer
	 * @return completes when the batch was handed to the socket; with
	 * {@link SseException} if the session ends first
	 */
	CompletableFuture<Void> batch(Consumer<EventBuffer> batcher);

	/**
	 * Send the content of a buffer in one write and one flush. The buffer is not cleared.
	 * @param buffer the buffer
	 * @return completes when the batch was handed to the socket; with
	 * {@link SseException} if the session ends first
	 */
	CompletableFuture<Void> batch(EventBuffer buffer);

	/**
	 * Push each item of a source under a name. The next one is sent only when there is
	 * room for it, so that a slow reader holds the source; {@link SseEvent}s are sent as
	 * they are. A source is given back (closed if it is {@link AutoCloseable}, cancelled)
	 * at its end, when this method throws, and when the session ends, then possibly while
	 * another thread is inside it. Sources are opened and pulled on the task executor,
	 * where they may block.
	 * @param items the source
	 * @param eventName the events' name, without CR, LF and NUL
	 * @return completes when all was handed to the socket, or with what the source has
	 * failed with, or with {@link SseException} if the session ends first. In a handler
	 * all is sent before it returns
	 */
	CompletableFuture<Void> iterate(Iterable<?> items, String eventName);

	/** {@linkplain #iterate(Iterable, String) Push} each item of an iterator. */
	CompletableFuture<Void> iterate(Iterator<?> items, String eventName);

	/** {@linkplain #iterate(Iterable, String) Push} each item of a stream. */
	CompletableFuture<Void> iterate(Stream<?> items, String eventName);

	/**
	 * {@linkplain #iterate(Iterable, String) Push} each item of a publisher, which is
	 * subscribed by the caller and asked for one item at a time.
	 */
	CompletableFuture<Void> stream(Flow.Publisher<?> publisher, String eventName);

	/**
	 * {@linkplain #iterate(Iterable, String) Push} the text of UTF-8 bytes, piece by
	 * piece as it comes; no character is cut. A failed read completes the future with
	 * {@link java.io.UncheckedIOException}. The end of the session ends a read that
	 * blocks if that is what closing does to it.
	 */
	CompletableFuture<Void> stream(InputStream bytes, String eventName);

	/**
	 * {@linkplain #iterate(Iterable, String) Push} text, as
	 * {@linkplain #stream(InputStream, String) that of bytes}.
	 */
	CompletableFuture<Void> stream(Reader text, String eventName);

	/** Do the same under the name {@value #ITERATION_EVENT_NAME}. */
	default CompletableFuture<Void> iterate(Iterable<?> items) {
		return iterate(items, ITERATION_EVENT_NAME);
	}

	/** Do the same under the name {@value #ITERATION_EVENT_NAME}. */
	default CompletableFuture<Void> iterate(Iterator<?> items) {
		return iterate(items, ITERATION_EVENT_NAME);
	}

	/** Do the same under the name {@value #ITERATION_EVENT_NAME}. */
	default CompletableFuture<Void> iterate(Stream<?> items) {
		return iterate(items, ITERATION_EVENT_NAME);
	}

	/** Do the same under the name {@value #STREAM_EVENT_NAME}. */
	default CompletableFuture<Void> stream(Flow.Publisher<?> publisher) {
		return stream(publisher, STREAM_EVENT_NAME);
	}

	/** Do the same under the name {@value #STREAM_EVENT_NAME}. */
	default CompletableFuture<Void> stream(InputStream bytes) {
		return stream(bytes, STREAM_EVENT_NAME);
	}

	/** Do the same under the name {@value #STREAM_EVENT_NAME}. */
	default CompletableFuture<Void> stream(Reader text) {
		return stream(text, STREAM_EVENT_NAME);
	}

	/**
	 * Return a future of the moment when all that was pushed so far was handed to the
	 * socket.
	 * @return completes then, or with {@link SseException} if the session ends first
	 */
	CompletableFuture<Void> flush();

	/**
	 * End the stream. {@link #isConnected()} is false at once; what is queued is still
	 * sent, for at most one second. The client will reconnect. Does nothing if the
	 * session has ended already.
	 */
	void close();

	/**
	 * Tell the client not to come back, then {@linkplain #close() close}. Behind what is
	 * queued goes an event of the configured name (by default {@code disconnect}) with
	 * the data {@code null} and the longest {@code retry:} there is, which keeps a client
	 * away that does not know the event.
	 */
	void disconnect();

	/**
	 * Call a listener once the response's head is out; at once if it is already.
	 * @param listener the listener
	 * @return this session
	 */
	Session<S> onConnected(Runnable listener);

	/**
	 * Call a listener when this session has ended; at once if it has already. How a
	 * client has gone is told by {@link #getDeparture()}.
	 * @param listener gets the reason
	 * @return this session
	 */
	Session<S> onDisconnected(Consumer<DisconnectReason> listener);

	/**
	 * Return how the client has gone. Known when listeners of {@link #onDisconnected} are
	 * called, for whom it tells a closed tab from a lost network where the server can
	 * know.
	 * @return how it has gone, {@link Departure#NONE} if it has not, or if the server has
	 * ended the session
	 */
	Departure getDeparture();

	/**
	 * Call a listener for each event that is pushed to this session alone, on the pushing
	 * thread.
	 * @param listener gets the event as it was pushed
	 * @return this session
	 */
	Session<S> onPush(Consumer<SseEvent> listener);

}
