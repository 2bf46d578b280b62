package io.github.bettersse;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One session can be followed in the log, and finds around its tasks what was captured
 * when it was opened.
 */
class SessionLogTests {

	private static final ThreadLocal<String> AROUND = ThreadLocal.withInitial(() -> "");

	@RegisterExtension
	private final TestEngine engine = new TestEngine(
			(builder) -> builder.sessionContext(around("outer").around(around("inner")))
				.userNameResolver((handshake) -> "ann")
				.userChannels(false)
				.limits(SseLimits.none().maxSessions(2)));

	private final Channel<Void, Object> news = this.engine.channels.channel("news",
			ChannelOptions.<Void, Object>builder().history(History.ofEvents(1)).build());

	private final List<String> logged = Collections.synchronizedList(new ArrayList<>());

	private final Logger logger = Logger.getLogger(SessionLog.class.getName());

	private final Handler handler = new Handler() {

		@Override
		public void publish(LogRecord record) {
			String message = new SimpleFormatter().formatMessage(record);
			SessionLogTests.this.logged.add(record.getLevel() + " " + message + " | " + AROUND.get());
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	private static SessionContext around(String name) {
		return (session) -> {
			String captured = name + " of " + session.getHandshake().getMethod() + " " + AROUND.get();
			return (task) -> {
				String before = AROUND.get();
				AROUND.set(before + "[" + captured + "]");
				try {
					task.run();
				}
				finally {
					AROUND.set(before);
				}
			};
		};
	}

	@BeforeEach
	void listen() {
		this.logger.addHandler(this.handler);
		this.logger.setLevel(Level.ALL);
	}

	@AfterEach
	void listenNoMore() {
		this.logger.removeHandler(this.handler);
		this.logger.setLevel(null);
	}

	@Test
	void everyStepIsLoggedWithTheIdAndInTheContext() {
		this.news.broadcast("1");
		String lost = this.news.getPosition();
		this.news.broadcast("2");
		this.news.broadcast("3");
		TestClient<Object> client = prepare(lost);
		this.news.register(client.session());
		client.opening().complete();
		this.engine.awaitDelivery();
		this.news.deregister(client.session());
		client.session().close();
		TestEngine.await()
			.untilAsserted(
					() -> assertThat(this.logged).containsExactly(debug(client, "is registered with Channel 'news'"),
							debug(client, "is open: GET /sse from 10.0.0.1, user ann, last event id '" + lost + "'"),
							debug(client, "is told that events of channel 'news' are lost: trimmed"),
							debug(client, "has got its replay, and live events after " + this.news.getPosition()),
							debug(client, "is deregistered from Channel 'news'"), debug(client, "ends: CLOSED"),
							debug(client, "is gone: CLOSED")));
	}

	@Test
	void oneThatIsRefusedIsLogged() {
		prepare("").opening().complete();
		prepare("").opening().complete();
		this.logged.clear();
		TestClient<Object> client = prepare("");
		assertThat(this.logged).containsExactly(
				debug(client, "is refused with status 200: GET /sse from 10.0.0.1, user ann, last event id ''"),
				debug(client, "ends: REFUSED"), debug(client, "is gone: REFUSED"));
		assertThat(this.engine.log.takeWarnings()).hasSize(1);
	}

	@Test
	void nothingIsLoggedAboveDebug() {
		this.logger.setLevel(Level.CONFIG);
		prepare("").opening().complete();
		assertThat(this.logged).isEmpty();
	}

	@Test
	void listenersAndSourcesRunInTheContext() throws Exception {
		AROUND.set("opener");
		try {
			TestClient<Object> client = prepare("");
			CompletableFuture<String> listener = new CompletableFuture<>();
			client.session().onConnected(() -> listener.complete(AROUND.get()));
			CompletableFuture<String> source = new CompletableFuture<>();
			client.opening().complete();
			client.session().iterate(() -> {
				source.complete(AROUND.get());
				return Collections.emptyIterator();
			});
			String expected = "[outer of GET opener][inner of GET opener]";
			assertThat(listener.get(10, TimeUnit.SECONDS)).isEqualTo(expected);
			assertThat(source.get(10, TimeUnit.SECONDS)).isEqualTo(expected);
		}
		finally {
			AROUND.remove();
		}
	}

	private String debug(TestClient<?> client, String event) {
		return "FINE Session " + client.session().getId() + " " + event + " | [outer of GET ][inner of GET ]";
	}

	private TestClient<Object> prepare(String lastEventId) {
		return this.engine.prepare(Handshake.builder("GET", URI.create("/sse?ticket=secret"))
			.remoteAddress("10.0.0.1")
			.headers(Map.of("Last-Event-ID", List.of(lastEventId)))
			.build(), SessionOptions.builder().build());
	}

}
