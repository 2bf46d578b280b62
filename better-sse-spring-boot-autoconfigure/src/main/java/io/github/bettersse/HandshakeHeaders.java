package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The headers of a request in two parts: the common ones, that many clients have with the
 * same values, and the client's own.
 */
final class HandshakeHeaders {

	private static final Set<String> COMMON = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	static {
		COMMON.addAll(KnownText.COMMON_HEADERS);
	}

	private HandshakeHeaders() {
	}

	static boolean isCommon(String name) {
		return COMMON.contains(name);
	}

	static Map<String, List<String>> common(Map<String, List<String>> headers) {
		return select(headers, HandshakeHeaders::isCommon);
	}

	static Map<String, List<String>> other(Map<String, List<String>> headers) {
		return select(headers, Predicate.not(HandshakeHeaders::isCommon));
	}

	private static Map<String, List<String>> select(Map<String, List<String>> headers, Predicate<String> name) {
		Map<String, List<String>> selected = new LinkedHashMap<>(headers);
		selected.keySet().removeIf(Predicate.not(name));
		return selected;
	}

	/** Return the values by name, which is case-insensitive. */
	@SafeVarargs
	static Map<String, List<String>> join(Map<String, List<String>>... parts) {
		Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (Map<String, List<String>> part : parts) {
			part.forEach((name, values) -> {
				if (!values.isEmpty()) {
					map.computeIfAbsent(name, (key) -> new ArrayList<>()).addAll(values);
				}
			});
		}
		map.replaceAll((name, values) -> List.copyOf(values));
		return Collections.unmodifiableMap(map);
	}

}
