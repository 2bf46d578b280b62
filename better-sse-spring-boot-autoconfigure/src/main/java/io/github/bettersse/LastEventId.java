package io.github.bettersse;

import java.util.List;

/**
 * Where a client says which event it saw last: in the header, or where it cannot set one
 * (some polyfills, a page that starts from a snapshot) in the query.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header">Last-Event-ID</a>
 */
final class LastEventId {

	private static final List<String> PARAMETERS = List.of("lastEventId", "last_event_id", "evs_last_event_id");

	private LastEventId() {
	}

	static String of(Handshake handshake) {
		HandshakeText text = handshake.text();
		String header = text.header("Last-Event-ID");
		if (header != null) {
			return header;
		}
		for (String parameter : PARAMETERS) {
			String value = text.queryParameter(parameter);
			if (value != null) {
				return value;
			}
		}
		return "";
	}

}
