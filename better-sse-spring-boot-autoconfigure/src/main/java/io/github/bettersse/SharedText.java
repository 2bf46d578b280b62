package io.github.bettersse;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What nearly every request for an event stream says, to be kept once instead of once a
 * session.
 */
final class SharedText {

	private static final Map<String, String> TEXTS = Stream
		.of("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control", "Connection", "Cookie",
				"Forwarded", "Host", "Last-Event-ID", "Origin", "Pragma", "Priority", "Referer", "sec-ch-ua",
				"sec-ch-ua-mobile", "sec-ch-ua-platform", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site",
				"User-Agent", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto",
				"X-Real-IP", "X-Requested-With", "GET", "POST", "close", "cors", "empty", "gzip", "gzip, deflate",
				"gzip, deflate, br", "gzip, deflate, br, zstd", "http", "https", "keep-alive", "no-cache",
				"same-origin", "same-site", "text/event-stream", "u=1, i", "*/*", "?0", "?1")
		.flatMap((text) -> Stream.of(text, text.toLowerCase(Locale.ROOT)))
		.distinct()
		.collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

	private SharedText() {
	}

	/** Return an equal text, the shared one if there is one. */
	static String of(String text) {
		return TEXTS.getOrDefault(text, text);
	}

}
