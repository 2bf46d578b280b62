package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that are beyond a limit where such are rejected.
 */
class LimitRejectionTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder
		.limits(SseLimits.none()
			.maxSessions(3)
			.maxSessionsPerUser(1)
			.maxSessionsPerAddress(1)
			.maxConnectsPerSecond(3)
			.onExceeded(LimitAnswer.REJECT))
		.shutdownRetryJitter(Duration.ZERO)
		.sessionDefaults(SessionOptions.builder().retry(Duration.ofMillis(2001)).build())
		.userNameResolver((handshake) -> handshake.getHeader("user")));

	@Test
	void theStatusSaysWhichLimitItIs() {
		connect("ann", "1");
		connect("bob", "2");
		assertRejected(429, prepare("ann", "3"));
		assertRejected(429, prepare("cal", "1"));
		connect("cal", "3").session().close();
		assertRejected(429, prepare("cal", "3"));
		this.engine.timer.advance(Duration.ofSeconds(1));
		connect("cal", "3");
		assertRejected(503, prepare("dan", "4"));
		assertThat(this.engine.log.takeWarnings()).hasSize(4);
	}

	@Test
	void aServerThatStopsTellsClientsToComeBack() {
		this.engine.engine.stop();
		TestClient<Object> client = prepare("ann", "1");
		assertThat(client.connection().calls()).containsExactly("open 200", "write retry: 2001\n\n", "flush", "close");
		this.engine.engine.start();
		assertThat(prepare("ann", "1").session().isConnected()).isTrue();
	}

	private static void assertRejected(int status, TestClient<Object> client) {
		assertThat(client.session().isConnected()).isFalse();
		assertThat(client.connection().calls()).containsExactly("open " + status, "flush", "close");
		assertThat(client.connection().head().headers()).isEqualTo(Map.of("Cache-Control", List.of("no-store"),
				"Content-Length", List.of("0"), "Content-Type", List.of(), "Retry-After", List.of("3")));
		client.opening().complete();
		assertThat(client.connection().calls()).hasSize(3);
	}

	private TestClient<Object> connect(String user, String address) {
		TestClient<Object> client = prepare(user, address);
		client.opening().complete();
		return client;
	}

	private TestClient<Object> prepare(String user, String address) {
		return this.engine.prepare(Handshake.builder("GET", URI.create("/sse"))
			.headers(Map.of("user", List.of(user)))
			.remoteAddress(address)
			.build(), SessionOptions.builder().build());
	}

}
