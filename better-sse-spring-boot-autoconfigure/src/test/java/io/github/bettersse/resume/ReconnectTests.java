package io.github.bettersse.resume;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.bettersse.Channel;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.servlet.ServletSessionFactory;
import io.github.bettersse.servlet.SseServer;
import io.github.bettersse.test.EventStreamParser.Event;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients on real sockets lose their connections for all the usual reasons, come back
 * with the id that they have, and get what they have missed.
 */
class ReconnectTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final SessionOptions<Object> DEFAULTS = SessionOptions.builder()
		.noRetry()
		.keepAlive(Duration.ofMillis(50))
		.maxQueueSize(MEGABYTE)
		.build();

	@TempDir
	Path directory;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private SseServer.Builder server() {
		return SseServer.in(this.directory)
			.engine((builder) -> builder.sessionDefaults(DEFAULTS)
				.history("news", History.ofEvents(100_000))
				.history("user:*", History.ofEvents(100))
				.userNameResolver((handshake) -> handshake.getQueryParameter("user")))
			.handler((channels, session) -> channels.channel("news").register(session));
	}

	@Test
	void clientThatIsCutBeforeItsFirstEventGetsAllFive() throws Exception {
		try (SseServer server = server().start()) {
			Channel<Void, Object> news = server.engine().getChannelRegistry().channel("news");
			broadcast(news, 0, 3);
			String cursor;
			try (InputStream stream = get(server, "")) {
				cursor = readEvent(stream).replaceAll("(?s)^event: stream-cursor\nid: (.*)\ndata: $", "$1");
				assertThat(cursor).isEqualTo(news.getPosition());
			}
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			broadcast(news, 3, 8);
			try (InputStream stream = get(server, cursor)) {
				String epoch = cursor.substring(0, cursor.indexOf('-'));
				for (int i = 3; i < 8; i++) {
					assertThat(readEvent(stream)).isEqualTo("id: " + epoch + "-" + (i + 1) + "\ndata: " + i);
				}
			}
			server.assertNothingLeft();
		}
	}

	@Test
	void clientThatWasTooSlowMissesNothing() throws Exception {
		try (SseServer server = server().start()) {
			Channel<Void, Object> news = server.engine().getChannelRegistry().channel("news");
			List<String> received = new ArrayList<>();
			String lastEventId;
			int sent = 1;
			try (EventStreamClient client = EventStreamClient.connectWithSmallBuffer(server.port(), "/")) {
				client.readHead();
				broadcast(news, 0, sent);
				while (!client.nextEvent().type().equals("message")) {
					// its starting cursor
				}
				// More than the socket takes, and then more than the bound.
				for (int size : new int[] { 10 * MEGABYTE, MEGABYTE, MEGABYTE }) {
					news.broadcast(SseEvent.raw(sent++ + "x".repeat(size)));
				}
				assertThat(server.nextReason()).isEqualTo(DisconnectReason.OVERFLOW);
				client.awaitCut();
				client.received().getEvents().forEach((event) -> take(event, received));
				lastEventId = client.received().getLastEventId();
			}
			assertThat(received.size()).as("what came before the cut").isBetween(1, sent - 1);
			broadcast(news, sent, sent + 5);
			try (EventStreamClient client = EventStreamClient.connect(server.port(), "/",
					"Last-Event-ID: " + lastEventId)) {
				client.readHead();
				while (received.size() < sent + 5) {
					take(client.nextEvent(), received);
				}
			}
			assertThat(received).isEqualTo(IntStream.range(0, sent + 5).mapToObj(Integer::toString).toList());
			server.assertNothingLeft();
		}
	}

	private static void take(Event event, List<String> received) {
		assertThat(event.type()).isIn("message", "stream-cursor");
		if (event.type().equals("message")) {
			received.add(event.data().replace("x", ""));
		}
	}

	@Test
	void tabGetsTheNotificationsOfItsUserThatItMissed() throws Exception {
		try (SseServer server = server().start()) {
			assertNotificationsAreKept(server, "/?user=ada");
		}
	}

	@Test
	void principalGetsTheNotificationsThatItMissed() throws Exception {
		try (SseServer server = SseServer.in(this.directory)
			.engine((builder) -> builder.sessionDefaults(DEFAULTS).history("user:*", History.ofEvents(100)))
			.opener(ReconnectTests::openAsAda)
			.start()) {
			assertNotificationsAreKept(server, "/");
		}
	}

	private static Session<Object> openAsAda(ServletSessionFactory factory, HttpServletRequest request,
			HttpServletResponse response) {
		HttpServletRequest authenticated = new HttpServletRequestWrapper(request) {
			@Override
			public Principal getUserPrincipal() {
				return () -> "ada";
			}
		};
		return factory.open(authenticated, response, SessionOptions.builder().build());
	}

	private static void assertNotificationsAreKept(SseServer server, String path) throws Exception {
		Channel<Void, Object> ada = server.engine().getChannelRegistry().user("ada");
		String lastEventId;
		try (EventStreamClient tab = EventStreamClient.connect(server.port(), path)) {
			tab.readHead();
			assertThat(tab.nextEvent().type()).isEqualTo("stream-cursor");
			ada.broadcast(SseEvent.raw("0"));
			assertThat(tab.nextEvent().data()).isEqualTo("0");
			lastEventId = tab.received().getLastEventId();
		}
		assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
		server.engine().getChannelRegistry().user("bob").broadcast(SseEvent.raw("for Bob"));
		broadcast(ada, 1, 4);
		try (EventStreamClient tab = EventStreamClient.connect(server.port(), path, "Last-Event-ID: " + lastEventId)) {
			tab.readHead();
			broadcast(ada, 4, 6);
			for (int i = 1; i < 6; i++) {
				assertThat(tab.nextEvent().data()).isEqualTo(Integer.toString(i));
			}
		}
		server.assertNothingLeft();
	}

	private static void broadcast(Channel<Void, Object> channel, int from, int to) {
		for (int i = from; i < to; i++) {
			channel.broadcast(SseEvent.raw(Integer.toString(i)));
		}
	}

	private InputStream get(SseServer server, String lastEventId) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/"));
		if (!lastEventId.isEmpty()) {
			request.header("Last-Event-ID", lastEventId);
		}
		return this.http.sendAsync(request.build(), BodyHandlers.ofInputStream())
			.orTimeout(10, TimeUnit.SECONDS)
			.join()
			.body();
	}

	/** Read an event that is ended by a blank line, and no byte more. */
	private static String readEvent(InputStream stream) throws IOException {
		StringBuilder event = new StringBuilder();
		while (event.indexOf("\n\n") < 0) {
			int b = stream.read();
			assertThat(b).as("the end of the stream after %s", event).isNotNegative();
			event.append((char) b);
		}
		return event.substring(0, event.length() - 2);
	}

}
