package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a request, in little memory: every open session keeps them. Immutable,
 * thread-safe.
 */
final class HandshakeHeaders {

	/** Name, value, name, value. A name with several values comes several times. */
	private final String[] namesAndValues;

	HandshakeHeaders(Map<String, List<String>> headers) {
		List<String> list = new ArrayList<>();
		headers.forEach((name, values) -> values.forEach((value) -> {
			list.add(SharedText.of(name));
			list.add(SharedText.of(value));
		}));
		this.namesAndValues = list.toArray(String[]::new);
	}

	/** Return the values by name, which is case-insensitive. */
	Map<String, List<String>> toMap() {
		Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (int i = 0; i < this.namesAndValues.length; i += 2) {
			map.computeIfAbsent(this.namesAndValues[i], (name) -> new ArrayList<>()).add(this.namesAndValues[i + 1]);
		}
		map.replaceAll((name, values) -> List.copyOf(values));
		return Collections.unmodifiableMap(map);
	}

	@Nullable String getFirst(String name) {
		for (int i = 0; i < this.namesAndValues.length; i += 2) {
			if (this.namesAndValues[i].equalsIgnoreCase(name)) {
				return this.namesAndValues[i + 1];
			}
		}
		return null;
	}

}
