package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that go away, or stop to read: the session ends with the right reason, and
 * nothing of it is left, neither a session nor a descriptor nor a line in the log.
 */
@ParameterizedClass
@EnumSource
class ClientGoneTests {

	@Parameter
	ServletServer.Kind container;

	@TempDir
	Path directory;

	@Test
	void finIsNoticedByKeepAlive() throws Exception {
		try (SseServer server = SseServer.in(this.directory).container(this.container).options(keepAlive(50)).start()) {
			EventStreamClient client = EventStreamClient.connect(server.port(), "/");
			client.readHead();
			client.closeByFin();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			server.assertNothingLeft();
		}
	}

	@Test
	void resetIsNoticedByKeepAlive() throws Exception {
		try (SseServer server = SseServer.in(this.directory).container(this.container).options(keepAlive(50)).start()) {
			EventStreamClient client = EventStreamClient.connect(server.port(), "/");
			client.readHead();
			client.closeByRst();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			server.assertNothingLeft();
		}
	}

	/**
	 * More than the socket takes, then, once the container has that, more than the bound:
	 * on a socket that was not tried the stream would end in order.
	 */
	@Test
	void clientThatDoesNotReadIsCutWhenItsQueueIsFull() throws Exception {
		SessionOptions.Builder<Object> options = SessionOptions.builder().maxQueueSize(1024 * 1024);
		try (SseServer server = SseServer.in(this.directory).container(this.container).options(options).start();
				EventStreamClient client = EventStreamClient.connectWithSmallBuffer(server.port(), "/")) {
			client.readHead();
			Session<Object> session = server.nextSession();
			session.push("x".repeat(10 * 1024 * 1024));
			await().until(() -> server.engine().getStatistics(session).queuedBytes() == 0);
			session.push("x".repeat(1024 * 1024));
			session.push("x".repeat(1024 * 1024));
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.OVERFLOW);
			client.awaitCut();
			client.close();
			server.assertNothingLeft();
		}
	}

	@Test
	void clientThatDoesNotReadIsCutAfterTheWriteTimeout() throws Exception {
		SessionOptions.Builder<Object> options = SessionOptions.builder()
			.maxQueueSize(Integer.MAX_VALUE)
			.writeTimeout(Duration.ofMillis(200));
		try (SseServer server = SseServer.in(this.directory).container(this.container).options(options).start();
				EventStreamClient client = EventStreamClient.connectWithSmallBuffer(server.port(), "/")) {
			client.readHead();
			Session<Object> session = server.nextSession();
			session.push("x".repeat(16 * 1024 * 1024));
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
			client.awaitCut();
			client.close();
			server.assertNothingLeft();
		}
	}

	@Test
	void clientThatGoesDuringAHandlerEndsItsLoop() throws Exception {
		BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
		SseServer.Opener opener = (factory, request, response) -> {
			SessionOpening<Object> opening = factory.prepare(request, response, SessionOptions.builder().build());
			try {
				while (true) {
					opening.getSession().push("tick");
				}
			}
			catch (SseException ex) {
				failures.add(ex);
				opening.fail(ex);
			}
			return opening.getSession();
		};
		try (SseServer server = SseServer.in(this.directory).container(this.container).opener(opener).start()) {
			EventStreamClient client = EventStreamClient.connect(server.port(), "/");
			client.readHead();
			assertThat(client.nextEvent().data()).isEqualTo("tick");
			client.closeByRst();
			assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessage("Cannot push data to a non-active session.");
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			server.assertNothingLeft();
		}
	}

	@Test
	void rapidConnectsAndDisconnectsLeaveNothing() throws Exception {
		try (SseServer server = SseServer.in(this.directory)
			.container(this.container)
			.options(keepAlive(50))
			.registering("news")
			.start()) {
			Channel<Void, Object> news = server.engine().getChannelRegistry().channel("news");
			ExecutorService clients = Executors.newFixedThreadPool(4);
			try {
				List<Callable<Void>> visits = new ArrayList<>();
				for (int i = 0; i < 2000; i++) {
					int manner = i;
					visits.add(() -> {
						visit(server.port(), manner);
						news.broadcast(manner);
						return null;
					});
				}
				for (Future<Void> visit : clients.invokeAll(visits)) {
					visit.get();
				}
			}
			finally {
				clients.shutdownNow();
			}
			assertThat(server.nextSession()).isNotNull();
			server.assertNothingLeft();
		}
	}

	/** Come and go, in one manner of four. */
	private static void visit(int port, int manner) throws IOException {
		EventStreamClient client = EventStreamClient.connect(port, "/");
		if (manner % 4 < 2) {
			client.readHead();
		}
		if (manner % 2 == 0) {
			client.closeByFin();
		}
		else {
			client.closeByRst();
		}
	}

	private static SessionOptions.Builder<Object> keepAlive(long millis) {
		return SessionOptions.builder().keepAlive(Duration.ofMillis(millis));
	}

}
