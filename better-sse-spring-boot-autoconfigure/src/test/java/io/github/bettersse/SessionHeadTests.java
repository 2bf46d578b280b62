package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every stream begins with.
 */
class SessionHeadTests {

	private static final String PADDING = ": " + " ".repeat(2048) + "\n\n";

	@RegisterExtension
	private final TestEngine engine = new TestEngine(
			(builder) -> builder.sessionDefaults(SessionOptions.builder().build()));

	@Test
	void headKeepsProxiesAndCachesAway() {
		ResponseHead head = this.engine.connect().connection().head();
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.headers()).containsOnly(Map.entry("Content-Type", List.of("text/event-stream")),
				Map.entry("Cache-Control",
						List.of("private, no-cache, no-store, no-transform, must-revalidate, max-age=0")),
				Map.entry("Pragma", List.of("no-cache")), Map.entry("X-Accel-Buffering", List.of("no")));
	}

	@Test
	void headCanBeChosen() {
		ResponseHead head = this.engine
			.connect(SessionOptions.builder()
				.status(299)
				.header("cache-control", "no-cache")
				.header("X-Many", "a", "b")
				.withoutHeader("Pragma")
				.build())
			.connection()
			.head();
		assertThat(head.status()).isEqualTo(299);
		assertThat(head.headers()).containsOnly(Map.entry("Content-Type", List.of("text/event-stream")),
				Map.entry("cache-control", List.of("no-cache")), Map.entry("X-Many", List.of("a", "b")),
				Map.entry("Pragma", List.of()), Map.entry("X-Accel-Buffering", List.of("no")));
	}

	@Test
	void preambleTellsTheReconnectionTime() {
		assertThat(this.engine.connect().received()).isEqualTo("retry: 2000\n\n");
		assertThat(received(SessionOptions.builder().retry(Duration.ofMillis(1)).build())).isEqualTo("retry: 1\n\n");
		assertThat(received(SessionOptions.builder().noRetry().build())).isEmpty();
	}

	@Test
	void jitterIsAddedToTheReconnectionTime() {
		SessionOptions<Object> options = SessionOptions.builder()
			.retry(Duration.ofMillis(100))
			.retryJitter(Duration.ofMillis(3))
			.build();
		assertThat(IntStream.range(0, 200).mapToObj((i) -> received(options)).distinct())
			.containsExactlyInAnyOrder("retry: 100\n\n", "retry: 101\n\n", "retry: 102\n\n", "retry: 103\n\n");
	}

	@Test
	void jitterDoesNotExceedWhatAClientUnderstands() {
		Duration longest = Duration.ofMillis(Integer.MAX_VALUE);
		assertThat(received(SessionOptions.builder().retry(longest).retryJitter(longest).build()))
			.isEqualTo("retry: 2147483647\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "padding", "evs_preamble" })
	void paddingComesFirstIfAPolyfillAsksForIt(String parameter) {
		Handshake handshake = Handshake.builder("GET", URI.create("/sse?" + parameter))
			.queryParameters(Map.of(parameter, List.of("")))
			.build();
		TestClient<Object> client = this.engine.prepare(handshake, SessionOptions.builder().build());
		client.session().push(Wire.event("a"));
		assertThat(client.connection().calls()).containsExactly("open 200", "write " + PADDING + "retry: 2000\n\n",
				"flush", "write " + Wire.of("a"), "flush");
		TestClient<Object> other = this.engine.prepare(handshake, SessionOptions.builder().noRetry().build());
		other.opening().complete();
		assertThat(other.received()).isEqualTo(PADDING);
	}

	private String received(SessionOptions<Object> options) {
		return this.engine.connect(options).received();
	}

}
