package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The headers of a request in two parts: the common ones, that many clients have with the
 * same values, and the client's own. The values by name, which is case-insensitive. Not
 * to be changed.
 */
record HandshakeHeaders(Map<String, List<String>> common, Map<String, List<String>> own) {

	private static final Set<String> COMMON = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	static {
		COMMON.addAll(KnownText.COMMON_HEADERS);
	}

	private HandshakeHeaders() {
		this(new TreeMap<>(String.CASE_INSENSITIVE_ORDER), new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
	}

	static HandshakeHeaders copyOf(Map<String, List<String>> headers) {
		HandshakeHeaders copy = new HandshakeHeaders();
		headers.forEach((name, values) -> {
			if (!values.isEmpty()) {
				copy.part(name).merge(name, List.copyOf(values), HandshakeHeaders::join);
			}
		});
		return copy;
	}

	private static List<String> join(List<String> values, List<String> more) {
		List<String> joined = new ArrayList<>(values);
		joined.addAll(more);
		return List.copyOf(joined);
	}

	/** Return all of them, in one order. */
	Map<String, List<String>> all() {
		Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		all.putAll(this.common);
		all.putAll(this.own);
		return Collections.unmodifiableMap(all);
	}

	/** Return the values of one. */
	List<String> get(String name) {
		return part(name).getOrDefault(name, List.of());
	}

	private Map<String, List<String>> part(String name) {
		return COMMON.contains(name) ? this.common : this.own;
	}

}
