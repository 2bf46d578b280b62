package io.github.bettersse;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What nearly every request for an event stream says, by number.
 */
final class KnownText {

	/** Names of headers in which a client says what all others of its kind say too. */
	static final List<String> COMMON_HEADERS = List.of("Accept", "Accept-Encoding", "Accept-Language", "Cache-Control",
			"Connection", "DNT", "Host", "Origin", "Pragma", "Priority", "sec-ch-ua", "sec-ch-ua-mobile",
			"sec-ch-ua-platform", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-GPC", "User-Agent", "Via",
			"X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Requested-With");

	private static final List<String> OTHERS = List.of("GET", "POST", "Authorization", "Cookie", "Forwarded",
			"Last-Event-ID", "Referer", "X-Forwarded-For", "X-Real-IP", "close", "cors", "empty", "gzip",
			"gzip, deflate", "gzip, deflate, br", "gzip, deflate, br, zstd", "http", "https", "keep-alive", "no-cache",
			"same-origin", "same-site", "text/event-stream", "u=1, i", "*/*", "?0", "?1");

	private static final List<String> TEXTS = Stream.concat(OTHERS.stream(), COMMON_HEADERS.stream())
		.flatMap((text) -> Stream.of(text, text.toLowerCase(Locale.ROOT)))
		.distinct()
		.toList();

	private static final Map<String, Integer> NUMBERS = new HashMap<>();

	static {
		TEXTS.forEach((text) -> NUMBERS.put(text, NUMBERS.size()));
	}

	private KnownText() {
	}

	static String get(int number) {
		return TEXTS.get(number);
	}

	static @Nullable Integer numberOf(String text) {
		return NUMBERS.get(text);
	}

}
