package io.github.bettersse.servlet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.bettersse.EventStreamClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Who ends a connection that is handed over, and when, once its request has ended.
 */
@ParameterizedClass
@EnumSource(names = { "TOMCAT", "JETTY" })
class HandOverTests extends HandOverSetup {

	private final ExecutorService session = Executors.newSingleThreadExecutor();

	@AfterEach
	void endThread() {
		this.session.shutdownNow();
	}

	@Test
	void endOfTheClientIsNoticedWithoutAWrite() throws Exception {
		EventStreamClient client = connect();
		Exchange exchange = nextExchange();
		exchange.awaitWritable();
		client.closeByFin();
		assertThat(exchange.awaitClosed()).isEqualTo("null");
		assertEnded(exchange);
		assertThat(exchange.wasToldOfTheEnd()).as("twice").isFalse();
	}

	@Test
	void resetByTheClientIsNoticedWithoutAWrite() throws Exception {
		EventStreamClient client = connect();
		Exchange exchange = nextExchange();
		exchange.awaitWritable();
		client.closeByRst();
		assertThat(exchange.awaitClosed()).isEqualTo("SocketException");
		assertEnded(exchange);
		assertThat(exchange.wasToldOfTheEnd()).as("twice").isFalse();
	}

	@Test
	void connectionIsKeptUntilTheWriterHasReturned() throws Exception {
		this.writer = new CountDownLatch(1);
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			exchange.awaitWritable();
			client.finish();
			assertThat(exchange.awaitClosed()).isEqualTo("null");
			assertThat(this.server.connections()).isEqualTo(1);
			this.writer.countDown();
			assertThat(client.readRest()).isEmpty();
		}
	}

	@Test
	void writeThatFailsCoincidesWithTheEndOfTheConnection() throws Exception {
		EventStreamClient client = connect();
		Exchange exchange = nextExchange();
		exchange.awaitWritable();
		client.closeByRst();
		IOException failure = catchThrowableOfType(IOException.class, () -> {
			while (true) {
				exchange.write();
			}
		});
		exchange.connection().abort(failure);
		assertEnded(exchange);
	}

	@Test
	void whatTheSocketDidNotTakeFollowsInOrder() throws Exception {
		try (EventStreamClient client = EventStreamClient.connectWithSmallBuffer(this.server.port(), "/")) {
			client.readHead();
			Exchange exchange = nextExchange();
			exchange.fill();
			assertThat(exchange.connection().isReady()).isFalse();
			Future<Void> writing = this.session.submit(() -> {
				exchange.write();
				return null;
			});
			String expected = Exchange.LARGE_FRAME + ": x\n\n";
			assertThat(client.readBody(expected.length()).equals(expected)).isTrue();
			writing.get();
		}
	}

	/** The system tells of room only when there is a lot of it. */
	@Test
	void whatIsTriedAgainFollowsInOrder() throws Exception {
		try (EventStreamClient client = EventStreamClient.connectWithSmallBuffer(this.server.port(), "/")) {
			client.readHead();
			Exchange exchange = nextExchange();
			exchange.fill();
			String expected = Exchange.LARGE_FRAME + ": x\n\n";
			StringBuilder read = new StringBuilder();
			for (int i = 0; i < 20; i++) {
				read.append(client.readBody(100_000));
				await().pollInterval(Duration.ofMillis(1)).until(exchange.connection()::retry);
			}
			Future<Void> writing = this.session.submit(() -> {
				exchange.write();
				return null;
			});
			read.append(client.readBody(expected.length() - read.length()));
			assertThat(read.toString().equals(expected)).isTrue();
			writing.get();
		}
	}

	@Test
	void clientThatDoesNotReadIsCut() throws Exception {
		try (EventStreamClient client = EventStreamClient.connectWithSmallBuffer(this.server.port(), "/")) {
			client.readHead();
			Exchange exchange = nextExchange();
			exchange.fill();
			exchange.connection().abort(null);
			exchange.connection().close();
			assertEnded(exchange);
			await().until(() -> this.server.connections() == 0);
			assertThat(exchange.wasToldOfTheEnd()).isFalse();
			client.awaitCut();
		}
	}

	@Test
	void closeEndsTheConnectionBehindWhatWasWritten() throws Exception {
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			exchange.awaitWritable();
			exchange.write();
			exchange.connection().close();
			exchange.connection().abort(null);
			assertEnded(exchange);
			assertThat(client.readRest()).isEqualTo(": x\n\n");
			assertThat(exchange.wasToldOfTheEnd()).isFalse();
		}
	}

	@Test
	void whatTheClientSendsIsDropped() throws Exception {
		String pipelined = "GET /ordinary HTTP/1.1\r\nHost: localhost\r\n\r\n";
		try (EventStreamClient client = EventStreamClient.send(this.server.port(),
				"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + pipelined)) {
			client.readHead();
			Exchange exchange = nextExchange();
			exchange.awaitWritable();
			client.request("/ordinary", "X: " + "x".repeat(200_000));
			exchange.write();
			assertThat(client.readBody(5)).isEqualTo(": x\n\n");
		}
	}

	@Test
	void noTimeoutOfTheContainerEndsTheConnection() throws Exception {
		try (EventStreamClient client = connect();
				EventStreamClient idle = EventStreamClient.connect(this.server.port(), "/ordinary")) {
			Exchange exchange = nextExchange();
			idle.readHead();
			assertThat(idle.readRaw(1)).as("after the container's time-out").isEmpty();
			exchange.write();
			assertThat(client.readBody(5)).isEqualTo(": x\n\n");
		}
	}

	@Test
	void interruptedThreadWrites() throws Exception {
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			exchange.awaitWritable();
			Thread.currentThread().interrupt();
			exchange.connection().write(Exchange.FRAME);
			assertThat(Thread.interrupted()).isTrue();
			assertThat(client.readBody(5)).isEqualTo(": x\n\n");
		}
	}

	@Test
	void connectionEndsWhenTheConnectorStops() throws Exception {
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			exchange.awaitWritable();
			awaitRegistered();
			this.server.stopConnector();
			assertThat(exchange.awaitClosed()).isEqualTo("null");
			assertThat(client.readRest()).isEmpty();
		}
	}

	/** Wait until a Tomcat tells the stream when its connector stops. */
	private void awaitRegistered() {
		if (this.server instanceof TomcatServer tomcat) {
			await().until(() -> tomcat.waitingProcessors() == 1);
		}
	}

}
