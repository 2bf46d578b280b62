package io.github.bettersse.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param path the path with its query
 * @param headers the values by name
 * @param body of a request that is a {@code POST} then, {@code null} for a {@code GET}
 * @param timeout how long to wait for the head
 */
record StreamRequest(String path, Map<String, List<String>> headers, @Nullable String body, Duration timeout) {
}
