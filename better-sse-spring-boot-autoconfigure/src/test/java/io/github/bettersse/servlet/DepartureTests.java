package io.github.bettersse.servlet;

import java.nio.file.Path;
import java.time.Duration;

import io.github.bettersse.Departure;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a client has gone, by what is seen of it on the wire: the end of its side, a reset,
 * or nothing any more.
 */
class DepartureTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void endOfTheClientsSideIsALeave(ServletServer.Kind container) throws Exception {
		try (SseServer server = SseServer.in(this.directory).container(container).start()) {
			EventStreamClient client = EventStreamClient.connect(server.port(), "/");
			Session<Object> session = connected(server, client);
			assertThat(session.getDeparture()).isEqualTo(Departure.NONE);
			client.closeByFin();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			assertThat(session.getDeparture()).isEqualTo(Departure.LEFT);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "JETTY" })
	void resetIsALoss(ServletServer.Kind container) throws Exception {
		try (SseServer server = SseServer.in(this.directory).container(container).start()) {
			EventStreamClient client = EventStreamClient.connect(server.port(), "/");
			Session<Object> session = connected(server, client);
			client.closeByRst();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			assertThat(session.getDeparture()).isEqualTo(Departure.LOST);
		}
	}

	/** A client that is silent, as one without a network is. */
	@ParameterizedTest
	@EnumSource
	void silenceForTheWriteTimeoutIsALoss(ServletServer.Kind container) throws Exception {
		SessionOptions.Builder<Object> options = SessionOptions.builder()
			.maxQueueSize(Integer.MAX_VALUE)
			.writeTimeout(Duration.ofSeconds(1));
		try (SseServer server = SseServer.in(this.directory).container(container).options(options).start();
				EventStreamClient client = EventStreamClient.connectWithSmallBuffer(server.port(), "/")) {
			client.readHead();
			Session<Object> session = server.nextSession();
			session.push("x".repeat(16 * 1024 * 1024));
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
			assertThat(session.getDeparture()).isEqualTo(Departure.LOST);
		}
	}

	/** All that it sees is that a write fails. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "TOMCAT", "JETTY" })
	void asynchronousRequestDoesNotTell(ServletServer.Kind container) throws Exception {
		SessionOptions.Builder<Object> options = SessionOptions.builder().keepAlive(Duration.ofMillis(50));
		try (SseServer server = SseServer.in(this.directory).container(container).options(options).start()) {
			EventStreamClient client = EventStreamClient.connect(server.port(), "/");
			Session<Object> session = connected(server, client);
			client.closeByFin();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			assertThat(session.getDeparture()).isEqualTo(Departure.UNKNOWN);
		}
	}

	@Test
	void serverThatEndsASessionIsNoDeparture() throws Exception {
		try (SseServer server = SseServer.start(this.directory);
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			Session<Object> session = connected(server, client);
			session.close();
			client.closeByFin();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLOSED);
			assertThat(session.getDeparture()).isEqualTo(Departure.NONE);
		}
	}

	/** What a client has not read when it goes makes its system send a reset. */
	private static Session<Object> connected(SseServer server, EventStreamClient client) throws Exception {
		client.readHead();
		Session<Object> session = server.nextSession();
		session.push("read");
		assertThat(client.nextEvent().data()).isEqualTo("read");
		return session;
	}

}
