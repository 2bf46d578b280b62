package io.github.bettersse.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.LogRecorder;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * An application with many open streams stops, while some of its clients do not read.
 */
class CrowdedShutdownTests {

	private static final int READING = 480;

	private static final int NOT_READING = 20;

	private static final String EVENT = "x".repeat(10_000);

	/** What fills the sockets between one server and one client. */
	private static final String MUCH = "x".repeat(8 * 1024 * 1024);

	static Stream<Combination> combinations() {
		return Combination.all()
			.filter((combination) -> !combination.server().tls() && !combination.server().virtualThreads());
	}

	@ParameterizedTest
	@MethodSource("combinations")
	void whoReadsGetsAllAndACleanEnd(Combination combination) throws Exception {
		try (TestServer server = TestServer.start(combination.server());
				LogRecorder log = new LogRecorder();
				StreamClient client = server.connect(combination.http2());
				UnreadStreams unread = UnreadStreams.open(server, combination.http2(), "/patient", NOT_READING)) {
			List<CompletableFuture<Void>> flushes = new ArrayList<>();
			for (int i = 0; i < NOT_READING; i++) {
				flushes.add(server.streams().nextSession().push(SseEvent.raw(MUCH)).flush());
			}
			List<OpenStream> streams = new ArrayList<>();
			for (int i = 0; i < READING; i++) {
				streams.add(client.open("/last"));
				server.streams().nextSession();
			}
			server.streams().last().broadcast(SseEvent.raw(EVENT).id("last"));
			assertThat(flushes).noneMatch(CompletableFuture::isDone);
			assertTimeoutPreemptively(Duration.ofSeconds(10), server::close);
			for (OpenStream stream : streams) {
				assertThat(stream.readRest())
					.isEqualTo(ContainerTests.RETRY + "id: last\ndata: " + EVENT + "\n\n" + ContainerTests.RETRY);
			}
			Map<DisconnectReason, Integer> reasons = new EnumMap<>(DisconnectReason.class);
			for (int i = 0; i < READING + NOT_READING; i++) {
				reasons.merge(server.streams().nextReason(), 1, Integer::sum);
			}
			assertThat(reasons).isEqualTo(Map.of(DisconnectReason.SHUTDOWN, READING + NOT_READING));
			assertThat(log.warnings()).isEmpty();
		}
	}

}
