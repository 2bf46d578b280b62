package io.github.bettersse;

import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a handshake says, while its session opens and then.
 */
@ParameterizedClass(name = "packed: {0}")
@ValueSource(booleans = { false, true })
class HandshakeTests {

	@Parameter
	boolean packed;

	@Test
	void handshakeIsACopy() {
		Map<String, List<String>> headers = new HashMap<>(Map.of("Accept", new ArrayList<>(List.of("a", "b"))));
		Map<String, List<String>> parameters = new HashMap<>(Map.of("q", new ArrayList<>(List.of("1", "2"))));
		Handshake handshake = build(
				Handshake.builder("get", URI.create("/sse?q=1&q=2")).headers(headers).queryParameters(parameters));
		headers.get("Accept").clear();
		headers.clear();
		parameters.get("q").clear();
		parameters.clear();
		assertThat(handshake.getHeaders()).containsExactly(Map.entry("Accept", List.of("a", "b")));
		assertThat(handshake.getQueryParameters()).containsExactly(Map.entry("q", List.of("1", "2")));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(handshake.getHeaders()::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(handshake.getQueryParameters()::clear);
		assertThat(handshake).hasToString("GET /sse?q=1&q=2");
	}

	@Test
	void headersAreFoundInAnyCaseAndParametersInTheirOwn() {
		Handshake handshake = build(Handshake.builder("POST", URI.create("/sse"))
			.headers(Map.of("Last-Event-ID", List.of("7", "8"), "Empty", List.of()))
			.queryParameters(Map.of("q", List.of("1", "2"))));
		assertThat(handshake.getMethod()).isEqualTo("POST");
		assertThat(handshake.getUri()).isEqualTo(URI.create("/sse"));
		assertThat(handshake.getHeader("last-event-id")).isEqualTo("7");
		assertThat(handshake.getHeaders().get("LAST-EVENT-ID")).containsExactly("7", "8");
		assertThat(handshake.getHeader("Empty")).isNull();
		assertThat(handshake.getHeader("Missing")).isNull();
		assertThat(handshake.getQueryParameter("q")).isEqualTo("1");
		assertThat(handshake.getQueryParameter("Q")).isNull();
	}

	@Test
	void headersOfAllKindsAreInOneOrderByName() {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		headers.put("User-Agent", List.of("curl/8"));
		headers.put("X-Own", List.of("", "2", "1"));
		headers.put("Cookie", List.of("a=b"));
		headers.put("accept", List.of("text/event-stream", "*/*"));
		headers.put("Accept", List.of("text/plain"));
		Handshake handshake = build(Handshake.builder("GET", URI.create("/sse")).headers(headers));
		assertThat(handshake.getHeaders()).containsExactly(
				Map.entry("accept", List.of("text/event-stream", "*/*", "text/plain")),
				Map.entry("Cookie", List.of("a=b")), Map.entry("User-Agent", List.of("curl/8")),
				Map.entry("X-Own", List.of("", "2", "1")));
		assertThat(handshake.getHeader("ACCEPT")).isEqualTo("text/event-stream");
		assertThat(handshake.getHeader("x-own")).isEmpty();
	}

	@Test
	void parametersKeepTheirOrderAndTheirCase() {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		parameters.put("z", List.of("1"));
		parameters.put("Z", List.of("2", "1"));
		parameters.put("a", List.of());
		Handshake handshake = build(Handshake.builder("GET", URI.create("/sse")).queryParameters(parameters));
		assertThat(handshake.getQueryParameters()).containsExactly(Map.entry("z", List.of("1")),
				Map.entry("Z", List.of("2", "1")), Map.entry("a", List.of()));
		assertThat(handshake.getQueryParameter("a")).isNull();
	}

	@Test
	void principalAndAddressMayBeMissing() {
		Handshake without = build(Handshake.builder("GET", URI.create("/sse")));
		assertThat(without.getPrincipal()).isNull();
		assertThat(without.getRemoteAddress()).isNull();
		Principal principal = () -> "ann";
		Handshake with = build(Handshake.builder("GET", URI.create("/sse")).principal(principal).remoteAddress("::1"));
		assertThat(with.getPrincipal()).isSameAs(principal);
		assertThat(with.getRemoteAddress()).isEqualTo("::1");
	}

	private Handshake build(Handshake.Builder builder) {
		Handshake handshake = builder.build();
		if (this.packed) {
			handshake.pack();
		}
		return handshake;
	}

}
