package io.github.bettersse;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a session learns which event its client saw last.
 */
class LastEventIdTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	@Test
	void newClientHasNone() {
		assertThat(lastEventId(Map.of(), Map.of(), true)).isEmpty();
	}

	@Test
	void headerCounts() {
		assertThat(lastEventId(Map.of("last-event-id", List.of("7")), Map.of(), true)).isEqualTo("7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lastEventId", "last_event_id", "evs_last_event_id" })
	void parameterCountsWithoutTheHeader(String parameter) {
		Map<String, List<String>> parameters = Map.of(parameter, List.of("8", "9"));
		assertThat(lastEventId(Map.of(), parameters, true)).isEqualTo("8");
		assertThat(lastEventId(Map.of("Last-Event-ID", List.of("7")), parameters, true)).isEqualTo("7");
	}

	@Test
	void firstParameterCounts() {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		parameters.put("evs_last_event_id", List.of("3"));
		parameters.put("last_event_id", List.of("2"));
		assertThat(lastEventId(Map.of(), parameters, true)).isEqualTo("2");
		parameters.put("lastEventId", List.of("1"));
		assertThat(lastEventId(Map.of(), parameters, true)).isEqualTo("1");
	}

	@Test
	void untrustedClientHasNone() {
		assertThat(lastEventId(Map.of("Last-Event-ID", List.of("7")), Map.of("lastEventId", List.of("8")), false))
			.isEmpty();
	}

	private String lastEventId(Map<String, List<String>> headers, Map<String, List<String>> parameters,
			boolean trusted) {
		Handshake handshake = Handshake.builder("GET", URI.create("/sse"))
			.headers(headers)
			.queryParameters(parameters)
			.build();
		TestClient<Object> client = this.engine.prepare(handshake,
				SessionOptions.builder().trustClientEventId(trusted).build());
		assertThat(client.session().getHandshake()).isSameAs(handshake);
		return client.session().getLastEventId();
	}

}
