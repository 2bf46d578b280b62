package io.github.bettersse.container;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.LogRecorder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Streams end when their application stops: in order, and at once.
 */
class ShutdownTests {

	@ParameterizedTest
	@MethodSource("io.github.bettersse.container.ServerKind#all")
	void streamsEndInOrderWhenTheApplicationStops(ServerKind kind) throws Exception {
		try (TestServer server = TestServer.start(kind);
				LogRecorder log = new LogRecorder();
				StreamClient http1 = server.connect(false);
				StreamClient http2 = server.connect(true)) {
			List<OpenStream> streams = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				streams.add(((i % 2 == 0) ? http1 : http2).open("/stream"));
			}
			assertTimeoutPreemptively(Duration.ofSeconds(2), server::close);
			for (OpenStream stream : streams) {
				assertThat(readAll(stream, kind)).isEqualTo(ContainerTests.RETRY + ContainerTests.RETRY);
				assertThat(server.streams().nextReason()).isEqualTo(DisconnectReason.SHUTDOWN);
			}
			assertThat(log.warnings()).isEmpty();
		}
	}

	/**
	 * Tomcat takes a request for ended, and may stop, before it has sent what ends the
	 * stream over HTTP/2.
	 */
	private static String readAll(OpenStream stream, ServerKind kind) throws IOException {
		boolean endMayBeLost = stream.isHttp2() && kind.container().isTomcat();
		return endMayBeLost ? stream.readBody(2 * ContainerTests.RETRY.length()) : stream.readRest();
	}

}
