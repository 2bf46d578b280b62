package io.github.bettersse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a connection sends before the first event: a status and headers.
 *
 * @param status the HTTP status code
 * @param headers the headers by name; one with an empty list is not sent even where the
 * connection would send it by itself
 */
public record ResponseHead(int status, Map<String, List<String>> headers) {

	/** Copies the headers; their order is kept. */
	public ResponseHead {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

}
