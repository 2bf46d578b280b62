package io.github.bettersse.event;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import io.github.bettersse.SseException;

/**
 * The three kinds of event ids, told apart by their form alone: positions of an event log
 * ({@code <epoch>-<sequence>}: ten characters of {@code [0-9a-z]}, a hyphen, decimal
 * digits), random ones ({@code ~} and a UUID), and those given by the application, which
 * look like neither. Thread-safe.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header">WHATWG:
 * The Last-Event-ID header</a>
 */
public final class EventId {

	private static final Pattern POSITION = Pattern.compile("[0-9a-z]{10}-[0-9]+");

	private static final String RANDOM_PREFIX = "~";

	private EventId() {
	}

	/**
	 * Return whether an id has the form of a position of an event log.
	 * @param id the id
	 * @return whether it is a position, of this log or of any other
	 */
	public static boolean isPosition(String id) {
		return POSITION.matcher(id).matches();
	}

	/**
	 * Return whether an id has the form of a {@linkplain #random() random} one.
	 * @param id the id
	 * @return whether it starts with {@code ~}
	 */
	public static boolean isRandom(String id) {
		return id.startsWith(RANDOM_PREFIX);
	}

	/**
	 * Generate an id for an event that has none: {@code ~} and a version 4 UUID. It is
	 * unique, but predictable, so never a secret.
	 * @return a new id of 37 characters
	 */
	public static String random() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long high = random.nextLong() & ~0xF000L | 0x4000L;
		long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
		return RANDOM_PREFIX + new UUID(high, low);
	}

	/**
	 * Check an id that the application gives. Surrounding white space hides no generated
	 * id, because HTTP strips it from the {@code Last-Event-ID} header.
	 * @param id the id; may be empty
	 * @return the id, with U+FFFD for every surrogate without its partner, since it comes
	 * back from a client like that
	 * @throws SseException if the id contains CR, LF or NUL, or if it is, apart from
	 * surrounding white space, of the form of a position or starts with {@code ~}
	 */
	public static String requireGiven(String id) {
		String given = FieldRules.requireId(id);
		String returned = given.trim();
		if (isPosition(returned) || isRandom(returned)) {
			throw new SseException("Event id '" + id + "' is of a form reserved for generated ids");
		}
		return given;
	}

}
