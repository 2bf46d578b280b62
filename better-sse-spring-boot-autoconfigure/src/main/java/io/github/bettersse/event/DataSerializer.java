package io.github.bettersse.event;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A port: turns the data of an event into text. The application's bean of this type
 * serves all sessions and channels that have no other; without one, data becomes JSON.
 *
 * <p>
 * The contract of an implementation:
 * <ul>
 * <li>It is called by any thread, by many at once, and must be thread-safe.
 * <li>It is called once per push, and once per broadcast however many the receivers, on
 * the thread that pushes or broadcasts and with no lock held. It may block that thread.
 * <li>It returns text in UTF-8, of any number of lines, possibly none, and gives the
 * array away: it neither keeps nor changes it afterwards.
 * <li>It never owns framing. Line ends (CR, LF, CRLF) in the text are seen to by the
 * caller; a client reads each as LF.
 * <li>It may throw any unchecked exception. The caller of the push or broadcast then gets
 * an {@link io.github.bettersse.SseException} with it as the cause, and nothing is sent.
 * </ul>
 */
@FunctionalInterface
public interface DataSerializer {

	/**
	 * Serialise the data of an event.
	 * @param data the data; {@code null} is data too. Never an {@link SseEvent}, and
	 * never the text of a {@linkplain SseEvent#raw(String) raw} event
	 * @return text in UTF-8, never {@code null}
	 */
	byte[] serialize(@Nullable Object data);

	/**
	 * Create a serializer from a function that makes text, such as
	 * {@code Object::toString}. A surrogate without its partner becomes U+FFFD.
	 * @param text makes the text of data; thread-safe, never called with {@code null} and
	 * never returns it
	 * @return a serializer that writes what the function returns, and {@code null} for
	 * {@code null}, as JSON does
	 */
	static DataSerializer ofText(Function<Object, String> text) {
		Objects.requireNonNull(text, "text must not be null");
		return (data) -> Utf8
			.encode((data != null) ? Objects.requireNonNull(text.apply(data), "the function returned null") : "null");
	}

}
