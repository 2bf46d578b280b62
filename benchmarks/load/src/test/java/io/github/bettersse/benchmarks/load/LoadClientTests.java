package io.github.bettersse.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static io.github.bettersse.benchmarks.load.ScriptedServer.event;
import static org.assertj.core.api.Assertions.assertThat;

class LoadClientTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

	@Test
	void findsNothingWrongWhereNothingIs() throws IOException {
		LoadResult result = run(3, 4, event(0), event(1) + event(2), event(3));
		assertThat(result.verdict()).isEqualTo("ok");
		assertThat(result.streams()).isEqualTo(3);
		assertThat(result.complete()).isEqualTo(3);
		assertThat(result.deliveries()).isEqualTo(12);
		assertThat(result.seconds()).isPositive();
	}

	@Test
	void findsLossInTheMiddle() throws IOException {
		LoadResult result = run(2, 5, event(0), event(1), event(4));
		assertThat(result.missing()).isEqualTo(4);
		assertThat(result.complete()).isZero();
		assertThat(result.isCorrect()).isFalse();
	}

	@Test
	void findsLossAtTheEnd() throws IOException {
		LoadResult result = run(2, 5, event(0), event(1), event(2), "");
		assertThat(result.undelivered()).isEqualTo(4);
		assertThat(result.ended()).isEqualTo(2);
		assertThat(result.verdict()).isEqualTo("undelivered 4, ended 2");
	}

	@Test
	void findsRepetition() throws IOException {
		LoadResult result = run(1, 3, event(0), event(1) + event(1), event(2));
		assertThat(result.repeated()).isEqualTo(1);
		assertThat(result.deliveries()).isEqualTo(3);
		assertThat(result.isCorrect()).isFalse();
	}

	@Test
	void findsWrongOrder() throws IOException {
		LoadResult result = run(1, 3, event(1), event(0), event(2));
		assertThat(result.missing()).isEqualTo(1);
		assertThat(result.repeated()).isEqualTo(1);
	}

	@Test
	void findsWhatIsNoEvent() throws IOException {
		LoadResult result = run(1, 1, "event: tick\ndata: {}\n\n", event(0));
		assertThat(result.verdict()).isEqualTo("malformed 1");
	}

	@Test
	void findsEventsThatAStreamWasNotToGet() throws IOException {
		LoadOptions options = LoadOptions.broadcast(0, 2, 1, 10, 0)
			.withPaths((stream) -> "/sse?selected=" + (stream == 0), (stream) -> stream == 1);
		LoadResult result = run(options, HEAD, event(0));
		assertThat(result.complete()).isEqualTo(2);
		assertThat(result.malformed()).isEqualTo(1);
	}

	@Test
	void findsStreamsThatDoNotOpen() throws IOException {
		LoadResult result = run(LoadOptions.broadcast(0, 2, 1, 10, 0), "HTTP/1.1 503 Busy\r\n", event(0));
		assertThat(result.failed()).isEqualTo(2);
		assertThat(result.verdict()).contains("not opened 2").contains("Status HTTP/1.1 503 Busy");
	}

	@Test
	void resumesWithTheLastId() throws IOException {
		LoadOptions options = LoadOptions.broadcast(0, 1, 3, 10, 0).withResume(0).withTimeout(Duration.ofMillis(300));
		try (ScriptedServer server = new ScriptedServer(HEAD, List.of(event(0) + event(1), ""));
				LoadClient client = new LoadClient(withPort(options, server.port()))) {
			client.connect();
			LoadResult result = client.run(Probe.NONE);
			assertThat(server.requests()).filteredOn((request) -> request.startsWith("GET"))
				.hasSizeGreaterThan(1)
				.element(1)
				.asString()
				.contains("Last-Event-ID: 1\n");
			// This server does not resume, and is found out
			assertThat(result.repeated()).isPositive();
			assertThat(result.inTime()).isFalse();
		}
	}

	@Test
	void leavesStalledStreamsUnreadUntilTheyWake() throws IOException {
		LoadOptions options = LoadOptions.broadcast(0, 4, 2, 10, 0).withStalled(1);
		try (ScriptedServer server = new ScriptedServer(HEAD, List.of(event(0), event(1)));
				LoadClient client = new LoadClient(withPort(options, server.port()))) {
			client.connect();
			LoadResult result = client.run(Probe.NONE);
			assertThat(result.verdict()).isEqualTo("ok");
			assertThat(result.deliveries()).isEqualTo(6);
			assertThat(client.countDeliveries()).isEqualTo(6);
			assertThat(client.countStalledThatEnded()).isZero();
			assertThat(client.countStalledAtNewest()).isZero();
			assertThat(client.wakeStalled(Duration.ofSeconds(10))).isEqualTo(1);
			assertThat(client.countStalledAtNewest()).isEqualTo(1);
		}
	}

	@Test
	void tellsStalledStreamsWithHolesFromCompleteOnes() throws IOException {
		LoadOptions options = LoadOptions.broadcast(0, 2, 3, 10, 0).withStalled(1);
		try (ScriptedServer server = new ScriptedServer(HEAD, List.of(event(0), event(2)));
				LoadClient client = new LoadClient(withPort(options, server.port()))) {
			client.connect();
			client.run(Probe.NONE);
			assertThat(client.wakeStalled(Duration.ofSeconds(10))).isZero();
			assertThat(client.countStalledAtNewest()).isEqualTo(1);
		}
	}

	@Test
	void noticesThatAStalledStreamHasEnded() throws IOException {
		LoadOptions options = LoadOptions.broadcast(0, 2, 1, 10, 0).withStalled(1);
		try (ScriptedServer server = new ScriptedServer(HEAD, List.of(event(0), ""));
				LoadClient client = new LoadClient(withPort(options, server.port()))) {
			client.connect();
			assertThat(client.run(Probe.NONE).complete()).isEqualTo(1);
			long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
			while (client.countStalledThatEnded() == 0 && System.nanoTime() < deadline) {
				client.settle(Duration.ofMillis(20));
			}
			assertThat(client.countStalledThatEnded()).isEqualTo(1);
		}
	}

	@Test
	void countsEventsOfWhichEachGoesToOneStream() throws IOException {
		LoadResult result = run(LoadOptions.broadcast(0, 1, 2, 10, 0).asScattered(), HEAD, event(1), event(1),
				event(0));
		assertThat(result.deliveries()).isEqualTo(2);
		assertThat(result.repeated()).isEqualTo(1);
		assertThat(result.undelivered()).isZero();
	}

	private static LoadResult run(int sessions, int count, String... pieces) throws IOException {
		return run(LoadOptions.broadcast(0, sessions, count, 10, 0), HEAD, pieces);
	}

	private static LoadResult run(LoadOptions options, String head, String... pieces) throws IOException {
		try (ScriptedServer server = new ScriptedServer(head, List.of(pieces));
				LoadClient client = new LoadClient(withPort(options, server.port()))) {
			client.connect();
			return client.run(Probe.NONE);
		}
	}

	private static LoadOptions withPort(LoadOptions options, int port) {
		return new LoadOptions(port, options.sessions(), options.stalled(), options.path(), options.excluded(),
				options.trigger(), options.publishPath(), options.scattered(), options.count(), options.size(),
				options.rate(), options.reconnects(), options.resume(), options.timeout());
	}

}
