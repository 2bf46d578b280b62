package io.github.bettersse.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.bettersse.SseException;

/**
 * The text of an event's data, however it comes about.
 */
final class EventData {

	private EventData() {
	}

	/**
	 * Return the data of an event as text in UTF-8.
	 * @return the text, or {@code null} if the event has no data
	 * @throws SseException if it cannot be serialised
	 */
	static byte @Nullable [] of(SseEvent event, DataSerializer serializer) {
		if (!event.hasData()) {
			return null;
		}
		Object data = event.getData();
		return (event.isRaw() && data instanceof String text) ? Utf8.encode(text) : serialize(data, serializer);
	}

	private static byte[] serialize(@Nullable Object data, DataSerializer serializer) {
		try {
			return Objects.requireNonNull(serializer.serialize(data), "the serializer returned null");
		}
		catch (SseException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new SseException("Cannot serialize data of " + ((data != null) ? data.getClass() : "null"), ex);
		}
	}

}
