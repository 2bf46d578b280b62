package io.github.bettersse.servlet;

import java.nio.file.Path;
import java.time.Duration;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.LimitAnswer;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseLimits;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that are beyond a limit, in a servlet of each container.
 */
class LimitTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource
	void aSessionThatIsRejectedHasEndedAlready(ServletServer.Kind kind) throws Exception {
		try (SseServer server = start(kind, LimitAnswer.REJECT);
				EventStreamClient first = EventStreamClient.connect(server.port(), "/")) {
			first.readHead();
			Session<Object> open = server.nextSession();
			try (EventStreamClient second = EventStreamClient.connect(server.port(), "/")) {
				assertThat(second.readHead()).isEqualTo(kind.isTomcat() ? """
						HTTP/1.1 503\s
						Cache-Control: no-store
						Retry-After: 2
						Content-Length: 0
						Connection: close

						""" : """
						HTTP/1.1 503 Service Unavailable
						Cache-Control: no-store
						Retry-After: 2
						Content-Length: 0

						""");
				assertThat(server.nextSession().isConnected()).isFalse();
				assertThat(server.nextReason()).isEqualTo(DisconnectReason.REFUSED);
			}
			open.close();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLOSED);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSessionThatIsToldToComeBackHasEndedAlready(ServletServer.Kind kind) throws Exception {
		try (SseServer server = start(kind, LimitAnswer.RETRY_LATER);
				EventStreamClient first = EventStreamClient.connect(server.port(), "/")) {
			first.readHead();
			Session<Object> open = server.nextSession();
			try (EventStreamClient second = EventStreamClient.connect(server.port(), "/")) {
				assertThat(second.readHead()).startsWith("HTTP/1.1 200 ");
				assertThat(second.readRest()).isEqualTo("retry: 2000\n\n");
				assertThat(server.nextSession().isConnected()).isFalse();
				assertThat(server.nextReason()).isEqualTo(DisconnectReason.REFUSED);
			}
			open.close();
			assertThat(first.readRest()).isEqualTo("retry: 2000\n\n");
			try (EventStreamClient third = EventStreamClient.connect(server.port(), "/")) {
				third.readHead();
				assertThat(server.nextSession().isConnected()).isTrue();
			}
		}
	}

	private SseServer start(ServletServer.Kind kind, LimitAnswer answer) throws Exception {
		return SseServer.in(this.directory)
			.container(kind)
			.options(SessionOptions.builder())
			.engine((builder) -> builder.shutdownRetryJitter(Duration.ZERO)
				.sessionDefaults(SessionOptions.builder().build())
				.limits(SseLimits.none().maxSessions(1).onExceeded(answer)))
			.start();
	}

}
