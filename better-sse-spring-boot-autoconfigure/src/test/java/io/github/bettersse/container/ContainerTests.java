package io.github.bettersse.container;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import io.github.bettersse.LogRecorder;
import io.github.bettersse.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs each test on every container, protocol and kind of threads. After a test nothing
 * is left of its streams, neither a session nor a request nor a descriptor nor a line in
 * the log, and nothing was dispatched to the error page.
 */
abstract class ContainerTests {

	@RegisterExtension
	static final SharedServers sharedServers = new SharedServers();

	/** What a stream begins with where nothing else is set. */
	static final String HEAD = """
			200
			cache-control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0
			content-type: text/event-stream
			pragma: no-cache
			x-accel-buffering: no
			""";

	static final String RETRY = "retry: 2000\n\n";

	final Combination combination;

	final TestServer server;

	final Streams streams;

	final StreamClient client;

	private final LogRecorder log;

	private final int errorDispatches;

	private final long activeRequests;

	private int expectedErrorDispatches;

	ContainerTests(Combination combination) throws IOException {
		this.combination = combination;
		this.server = TestServer.of(combination.server());
		this.streams = this.server.streams();
		this.streams.clear();
		this.errorDispatches = this.server.errorDispatches();
		this.activeRequests = this.server.activeRequests();
		this.log = new LogRecorder();
		this.client = this.server.connect(combination.http2());
	}

	@AfterEach
	void nothingIsLeft() {
		try {
			await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
				this.server.engine().getSessions().forEach(Session::close);
				assertThat(this.server.activeRequests()).as("requests").isEqualTo(this.activeRequests);
				assertThat(this.streams.unreportedCount()).as("sessions whose end was not reported").isZero();
			});
			assertThat(this.server.engine().getSessionCount()).as("sessions").isZero();
			assertThat(this.server.errorDispatches() - this.errorDispatches).as("error dispatches")
				.isEqualTo(this.expectedErrorDispatches);
			assertThat(this.log.warnings()).isEmpty();
		}
		finally {
			this.client.close();
			this.log.close();
		}
	}

	/** Open a stream and read what each begins with. */
	final OpenStream open(String path) throws IOException {
		OpenStream stream = this.client.open(path);
		assertThat(stream.readBody(RETRY.length())).isEqualTo(RETRY);
		return stream;
	}

	/**
	 * Push more than the client takes unread, and wait until it is the container's: until
	 * the request's thread is done, or where another one of the container is still at
	 * work, it waits in the queue, and the socket was not tried.
	 */
	final void fill(Session<?> session) {
		session.push("x".repeat(this.client.moreThanItTakesUnread()));
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.server.engine().getStatistics(session).queuedBytes() == 0);
	}

	/** Wait until the container has ended all streams but so many. */
	final void awaitStreams(int left) {
		LongSupplier count = this.combination.isHandedOver() ? this.server::connections
				: () -> this.server.activeRequests() - this.activeRequests;
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> count.getAsLong() == left);
	}

	final void expectErrorDispatch() {
		this.expectedErrorDispatches++;
	}

	/** Return what was logged at WARN or above, and take it for expected. */
	final List<String> takeWarnings() {
		List<String> warnings = List.copyOf(this.log.warnings());
		this.log.warnings().clear();
		return warnings;
	}

}
