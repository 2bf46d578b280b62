package io.github.bettersse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a request says, ready to be asked for. Immutable. It is packed in two parts, so
 * that equal ones of what many requests say can be kept once.
 */
record HandshakeText(String method, String uri, @Nullable String remoteAddress,
		Map<String, List<String>> queryParameters, HandshakeHeaders headers) {

	/** Copy what may still change. */
	static HandshakeText copyOf(String method, String uri, @Nullable String remoteAddress,
			Map<String, List<String>> queryParameters, Map<String, List<String>> headers) {
		Map<String, List<String>> parameters = new LinkedHashMap<>(queryParameters);
		parameters.replaceAll((name, values) -> List.copyOf(values));
		return new HandshakeText(method, uri, remoteAddress, Collections.unmodifiableMap(parameters),
				HandshakeHeaders.copyOf(headers));
	}

	/** Read what was packed. */
	static HandshakeText unpack(byte[] common, byte[] own) {
		Map<String, List<String>> headers = new PackedText.Reader(common).readAll();
		PackedText.Reader reader = new PackedText.Reader(own);
		headers.putAll(reader.readAll());
		return copyOf(reader.read(), reader.read(), reader.readOptional(), reader.readAll(), headers);
	}

	/** Pack what many requests say. */
	byte[] packCommon() {
		return new PackedText.Writer().write(this.headers.common()).toBytes();
	}

	/** Pack all the rest. */
	byte[] packOwn() {
		return new PackedText.Writer().write(this.headers.own())
			.write(this.method)
			.write(this.uri)
			.writeOptional(this.remoteAddress)
			.write(this.queryParameters)
			.toBytes();
	}

	/** Return the first value of a header. */
	@Nullable String header(String name) {
		return first(this.headers.get(name));
	}

	/** Return the first value of a query parameter. */
	@Nullable String queryParameter(String name) {
		return first(this.queryParameters.getOrDefault(name, List.of()));
	}

	private static @Nullable String first(List<String> values) {
		return values.isEmpty() ? null : values.get(0);
	}

}
