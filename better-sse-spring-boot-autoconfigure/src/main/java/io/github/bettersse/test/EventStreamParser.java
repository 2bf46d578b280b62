package io.github.bettersse.test;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a browser makes of an event stream, written from the specification and from
 * nothing else, so that it shares no error with the code that it tests. Takes the stream
 * in chunks of any size; an event that is not ended by a blank line is never reported.
 * Not thread-safe.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG:
 * Interpreting an event stream</a>
 */
public final class EventStreamParser {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private static final BigInteger MAX_RETRY = BigInteger.valueOf(Long.MAX_VALUE);

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
		.onMalformedInput(CodingErrorAction.REPLACE)
		.onUnmappableCharacter(CodingErrorAction.REPLACE);

	private final List<Event> events = new ArrayList<>();

	private final List<String> comments = new ArrayList<>();

	private final List<Long> retries = new ArrayList<>();

	private final StringBuilder line = new StringBuilder();

	private final StringBuilder data = new StringBuilder();

	private byte[] undecoded = {};

	private boolean started;

	private boolean afterCarriageReturn;

	private String type = "";

	private String lastEventIdBuffer = "";

	private String lastEventId = "";

	/**
	 * Parse a whole stream.
	 * @param stream the bytes
	 * @return a parser that has read them
	 */
	public static EventStreamParser parse(byte[] stream) {
		return new EventStreamParser().feed(stream);
	}

	/**
	 * Parse a whole stream.
	 * @param stream the text, read as UTF-8
	 * @return a parser that has read it
	 */
	public static EventStreamParser parse(String stream) {
		return parse(stream.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Read the next chunk of the stream; it may end anywhere, within a character too.
	 * @param chunk the bytes
	 * @return this parser
	 */
	public EventStreamParser feed(byte[] chunk) {
		return feed(chunk, 0, chunk.length);
	}

	/**
	 * Read the next chunk of the stream; it may end anywhere, within a character too.
	 * @param chunk an array with the bytes
	 * @param offset where they begin
	 * @param length how many there are
	 * @return this parser
	 */
	public EventStreamParser feed(byte[] chunk, int offset, int length) {
		ByteBuffer bytes = ByteBuffer.allocate(this.undecoded.length + length);
		bytes.put(this.undecoded).put(chunk, offset, length).flip();
		CharBuffer chars = CharBuffer.allocate(bytes.remaining());
		this.decoder.decode(bytes, chars, false);
		this.undecoded = new byte[bytes.remaining()];
		bytes.get(this.undecoded);
		chars.flip().chars().forEach((c) -> character((char) c));
		return this;
	}

	/**
	 * Return the events dispatched so far.
	 * @return the live list
	 */
	public List<Event> getEvents() {
		return this.events;
	}

	/**
	 * Return the comment lines read so far, each without its colon and one space after
	 * it.
	 * @return the live list
	 */
	public List<String> getComments() {
		return this.comments;
	}

	/**
	 * Return the reconnection times read so far.
	 * @return the live list, in milliseconds
	 */
	public List<Long> getRetries() {
		return this.retries;
	}

	/**
	 * Return what would be sent as {@code Last-Event-ID} if the stream ended now.
	 * @return the last event ID string
	 */
	public String getLastEventId() {
		return this.lastEventId;
	}

	private void character(char c) {
		boolean first = !this.started;
		this.started = true;
		boolean secondOfLineEnd = this.afterCarriageReturn && c == '\n';
		this.afterCarriageReturn = c == '\r';
		if ((first && c == BYTE_ORDER_MARK) || secondOfLineEnd) {
			return;
		}
		if (c == '\r' || c == '\n') {
			String ended = this.line.toString();
			this.line.setLength(0);
			line(ended);
		}
		else {
			this.line.append(c);
		}
	}

	private void line(String line) {
		int colon = line.indexOf(':');
		if (line.isEmpty()) {
			dispatch();
		}
		else if (colon == 0) {
			this.comments.add(value(line, colon));
		}
		else if (colon > 0) {
			field(line.substring(0, colon), value(line, colon));
		}
		else {
			field(line, "");
		}
	}

	private static String value(String line, int colon) {
		String value = line.substring(colon + 1);
		return value.startsWith(" ") ? value.substring(1) : value;
	}

	private void field(String name, String value) {
		switch (name) {
			case "event" -> this.type = value;
			case "data" -> this.data.append(value).append('\n');
			case "id" -> this.lastEventIdBuffer = (value.indexOf('\0') < 0) ? value : this.lastEventIdBuffer;
			case "retry" -> retry(value);
			default -> {
				// "The field is ignored."
			}
		}
	}

	private void retry(String value) {
		if (value.matches("[0-9]+")) {
			this.retries.add(new BigInteger(value).min(MAX_RETRY).longValue());
		}
	}

	private void dispatch() {
		this.lastEventId = this.lastEventIdBuffer;
		if (!this.data.isEmpty()) {
			this.data.setLength(this.data.length() - 1);
			this.events
				.add(new Event(this.type.isEmpty() ? "message" : this.type, this.data.toString(), this.lastEventId));
		}
		this.data.setLength(0);
		this.type = "";
	}

	/**
	 * An event as a listener in a browser sees it.
	 *
	 * @param type the name, {@code message} if there was none
	 * @param data the data, its lines joined by LF
	 * @param lastEventId the id of this event or else of the last one that had an id
	 */
	public record Event(String type, String data, String lastEventId) {

	}

}
