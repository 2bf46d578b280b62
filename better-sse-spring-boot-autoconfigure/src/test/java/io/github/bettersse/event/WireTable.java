package io.github.bettersse.event;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Events and their bytes, from a file that the tests of the browser client read as well.
 * What is given as data is written by a serializer that puts it in angle brackets.
 */
final class WireTable {

	private WireTable() {
	}

	/** Return events, ids and bytes. */
	static Stream<Arguments> rows() throws IOException {
		try (InputStream in = WireTable.class.getResourceAsStream("/wire-table.json")) {
			return JsonMapper.shared()
				.readTree(in)
				.valueStream()
				.map((row) -> arguments(event(row.get("event")), text(row, "id"), text(row, "wire")));
		}
	}

	private static SseEvent event(JsonNode given) {
		SseEvent event = SseEvent.empty();
		if (given.has("data")) {
			event = SseEvent.of(given.get("data").isNull() ? null : given.get("data").asString());
		}
		if (given.has("raw")) {
			event = SseEvent.raw(given.get("raw").asString());
		}
		if (given.has("name")) {
			event = event.name(given.get("name").asString());
		}
		if (given.has("retry")) {
			event = event.retry(Duration.ofMillis(given.get("retry").asLong()));
		}
		if (given.has("comment")) {
			event = event.comment(given.get("comment").asString());
		}
		return event;
	}

	private static @Nullable String text(JsonNode row, String field) {
		return row.has(field) ? row.get(field).asString() : null;
	}

}
