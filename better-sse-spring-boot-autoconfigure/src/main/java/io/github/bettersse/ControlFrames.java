package io.github.bettersse;

import java.time.Duration;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * The events by which the library itself speaks to clients: about their place in the log
 * and in channels, and about whether and when to come back.
 */
final class ControlFrames {

	/** Unless the application has another one. */
	static final String DISCONNECT_EVENT_NAME = "disconnect";

	static final String CURSOR_EVENT_NAME = "stream-cursor";

	static final String RESET_EVENT_NAME = "stream-reset";

	static final String REVOKED_EVENT_NAME = "channel-revoked";

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(String::valueOf));

	private ControlFrames() {
	}

	/** Return what tells the client after what time to come back. */
	static Frame retry(Duration time) {
		return ENCODER.encode(SseEvent.empty().retry(time), null).asControl();
	}

	/** Return what tells the client not to come back, in one way or the other. */
	static Frame disconnect(String eventName) {
		SseEvent goodbye = SseEvent.raw("null").name(eventName).retry(Duration.ofMillis(Integer.MAX_VALUE));
		return ENCODER.encode(goodbye, null).asControl();
	}

	/** Return what keeps a connection alive: an event of that name, or a comment. */
	static Frame keepAlive(String eventName) {
		return eventName.isEmpty() ? Frame.KEEP_ALIVE : ENCODER.encode(SseEvent.raw("").name(eventName), null);
	}

	/**
	 * Return an event that moves the client's last event id and that nobody listens to.
	 * Not an id alone: Firefox forgets that of an event without data.
	 */
	static Frame cursor(Position position) {
		return ENCODER.encode(SseEvent.raw("").name(CURSOR_EVENT_NAME), position.toString()).asControl();
	}

	/**
	 * Return an event that tells the client that events of a channel are lost.
	 * @param position where the client goes on then, {@code null} to let it keep its own
	 */
	static Frame reset(String channel, ResetReason reason, @Nullable Position position) {
		String json = "{\"channel\":" + quote(channel) + ",\"reason\":\"" + reason + "\"}";
		String id = (position != null) ? position.toString() : null;
		return ENCODER.encode(SseEvent.raw(json).name(RESET_EVENT_NAME), id).asControl();
	}

	/** Return an event that tells the client that it is not in a channel any more. */
	static Frame revoked(String channel) {
		return ENCODER.encode(SseEvent.raw("{\"channel\":" + quote(channel) + "}").name(REVOKED_EVENT_NAME), null)
			.asControl();
	}

	/** Return a JSON string (RFC 8259, section 7). */
	private static String quote(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
		for (char c : text.toCharArray()) {
			if (c == '"' || c == '\\') {
				quoted.append('\\').append(c);
			}
			else if (c < ' ') {
				quoted.append(String.format("\\u%04x", (int) c));
			}
			else {
				quoted.append(c);
			}
		}
		return quoted.append('"').toString();
	}

}
