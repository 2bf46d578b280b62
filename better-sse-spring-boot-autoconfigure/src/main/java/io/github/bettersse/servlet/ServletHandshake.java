package io.github.bettersse.servlet;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.bettersse.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Copies a servlet request into a {@link Handshake}. Reads the query string by itself:
 * the container's parameters include those of a body, and asking for them consumes it.
 */
final class ServletHandshake {

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private static final String LEGAL_IN_PATH = "-._~!$&'()*+,;=:@/";

	private static final String LEGAL_IN_AUTHORITY = LEGAL_IN_PATH + "[]";

	private static final String LEGAL_IN_QUERY = LEGAL_IN_AUTHORITY + "?";

	private ServletHandshake() {
	}

	static Handshake of(HttpServletRequest request) {
		return Handshake.builder(request.getMethod(), uri(request))
			.headers(headers(request))
			.queryParameters(queryParameters(request.getQueryString()))
			.principal(request.getUserPrincipal())
			.remoteAddress(request.getRemoteAddr())
			.build();
	}

	private static URI uri(HttpServletRequest request) {
		String path = request.getRequestURI();
		String query = request.getQueryString();
		String url = request.getRequestURL().toString();
		StringBuilder uri = new StringBuilder(url.length());
		append(uri, url.substring(0, url.length() - path.length()), LEGAL_IN_AUTHORITY);
		append(uri, path, LEGAL_IN_PATH);
		if (query != null) {
			append(uri.append('?'), query, LEGAL_IN_QUERY);
		}
		return URI.create(uri.toString());
	}

	/** Escape what containers may let pass, but {@link URI} does not. */
	private static void append(StringBuilder uri, String text, String legal) {
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			int c = text.codePointAt(i);
			if (HexFormat.isHexDigit(c) || isLetter(c) || legal.indexOf(c) >= 0 || isEscape(text, i)) {
				uri.appendCodePoint(c);
			}
			else {
				uri.append(URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8).replace("+", "%20"));
			}
		}
	}

	private static boolean isLetter(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private static boolean isEscape(String text, int index) {
		return text.charAt(index) == '%' && index + 2 < text.length() && HexFormat.isHexDigit(text.charAt(index + 1))
				&& HexFormat.isHexDigit(text.charAt(index + 2));
	}

	private static Map<String, List<String>> headers(HttpServletRequest request) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (String name : Collections.list(request.getHeaderNames())) {
			List<String> values = Collections.list(request.getHeaders(name));
			headers.put(name, LAST_EVENT_ID.equalsIgnoreCase(name)
					? values.stream().map(ServletHandshake::fromUtf8ReadAsLatin1).toList() : values);
		}
		return headers;
	}

	/**
	 * Clients send the last event id as UTF-8; containers read every header as Latin-1.
	 */
	private static String fromUtf8ReadAsLatin1(String value) {
		if (value.chars().anyMatch((c) -> c > 0xFF)) {
			return value;
		}
		try {
			byte[] sent = value.getBytes(StandardCharsets.ISO_8859_1);
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sent)).toString();
		}
		catch (CharacterCodingException ex) {
			return value;
		}
	}

	private static Map<String, List<String>> queryParameters(@Nullable String query) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		if (query != null) {
			for (String parameter : query.split("&")) {
				if (!parameter.isEmpty()) {
					String[] parts = parameter.split("=", 2);
					parameters.computeIfAbsent(decode(parts[0]), (name) -> new ArrayList<>())
						.add((parts.length > 1) ? decode(parts[1]) : "");
				}
			}
		}
		return parameters;
	}

	/** Decode as forms are encoded; what is no escape stays as it is. */
	private static String decode(String text) {
		ByteArrayOutputStream utf8 = new ByteArrayOutputStream(text.length());
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			if (isEscape(text, i)) {
				utf8.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
				i += 2;
			}
			else {
				String c = (text.charAt(i) == '+') ? " " : Character.toString(text.codePointAt(i));
				utf8.writeBytes(c.getBytes(StandardCharsets.UTF_8));
			}
		}
		return utf8.toString(StandardCharsets.UTF_8);
	}

}
