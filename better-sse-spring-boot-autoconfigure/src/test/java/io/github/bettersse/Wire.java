package io.github.bettersse;

import java.util.regex.Pattern;

import io.github.bettersse.event.SseEvent;

/**
 * Short ways to write events and the bytes that they become.
 */
final class Wire {

	private static final Pattern RANDOM_ID = Pattern
		.compile("~[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n");

	private static final Pattern EPOCH = Pattern.compile("id: [0-9a-z]{10}-");

	private Wire() {
	}

	/** Return an event whose id and data are this name. */
	static SseEvent event(String name) {
		return SseEvent.raw(name).id(name);
	}

	/** Return the bytes of such events, in this order. */
	static String of(String... names) {
		StringBuilder text = new StringBuilder();
		for (String name : names) {
			text.append("id: ").append(name).append("\ndata: ").append(name).append("\n\n");
		}
		return text.toString();
	}

	/**
	 * Replace generated ids: random ones by {@code ~}, the epoch of positions by
	 * {@code @}.
	 */
	static String masked(String text) {
		return EPOCH.matcher(RANDOM_ID.matcher(text).replaceAll("~\n")).replaceAll("id: @");
	}

}
