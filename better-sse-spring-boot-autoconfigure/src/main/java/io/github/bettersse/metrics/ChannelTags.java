package io.github.bettersse.metrics;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of the tag {@code channel}: the names and patterns that were opted in, and
 * one for all other channels. So there are never more of them than were asked for.
 * Immutable, thread-safe.
 */
final class ChannelTags {

	/** Stands for each channel that was not opted in. */
	static final String OTHER = "other";

	/** By name or pattern, a longer pattern before a shorter one. */
	private final Map<String, Pattern> patterns = new LinkedHashMap<>();

	ChannelTags(Collection<String> channels) {
		channels.stream()
			.sorted(Comparator.comparing((String name) -> name.contains("*"))
				.thenComparing(Comparator.comparingInt(String::length).reversed()))
			.forEach((name) -> this.patterns.put(name, compile(name)));
	}

	private static Pattern compile(String name) {
		String regex = Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
		return Pattern.compile(regex, Pattern.DOTALL);
	}

	/** Return the names and patterns that were opted in. */
	Set<String> optedIn() {
		return this.patterns.keySet();
	}

	/** Return the value for a channel. */
	String of(String channel) {
		for (Map.Entry<String, Pattern> entry : this.patterns.entrySet()) {
			if (entry.getValue().matcher(channel).matches()) {
				return entry.getKey();
			}
		}
		return OTHER;
	}

}
