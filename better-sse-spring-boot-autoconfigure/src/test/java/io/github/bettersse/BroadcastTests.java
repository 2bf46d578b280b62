package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is sent, and what it costs.
 */
class BroadcastTests {

	private static final DataSerializer TEXT = DataSerializer.ofText((data) -> {
		if (data instanceof Throwable) {
			throw new IllegalStateException("no text");
		}
		return "<" + data + ">";
	});

	private final AtomicInteger serialised = new AtomicInteger();

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.serializer((data) -> {
		this.serialised.incrementAndGet();
		return TEXT.serialize(data);
	}).deliveryThreads(3));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	@Test
	void broadcastIsSerialisedOnceForAllSessions() {
		List<TestClient<Object>> clients = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			TestClient<Object> client = this.engine.connect();
			this.news.register(client.session());
			clients.add(client);
		}
		this.news.broadcast(SseEvent.of("a").id("1"));
		for (TestClient<Object> client : clients) {
			client.awaitReceived("id: 1\ndata: <a>\n\n");
		}
		assertThat(this.serialised).hasValue(1);
	}

	@Test
	void broadcastWithoutReceiversIsSerialisedAndHasAPosition() {
		String before = this.news.getPosition();
		this.news.broadcast("a");
		assertThat(this.serialised).hasValue(1);
		assertThat(before).endsWith("-0");
		assertThat(this.news.getPosition()).endsWith("-1");
	}

	@Test
	void everyWayToBroadcastIsOneEvent() {
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		this.news.broadcast("a");
		this.news.broadcast("b", "named");
		this.news.broadcast("c", "filtered", (session) -> true);
		this.news.broadcast(SseEvent.raw("d").id("4").comment("note"));
		this.news.broadcast((Object) SseEvent.raw("e"));
		this.news.broadcast(SseEvent.of("f"), "renamed");
		this.news.broadcast((Object) null);
		this.news.broadcast((SseEvent) null);
		this.news.broadcast(null, "nothing");
		this.news.broadcast(SseEvent.empty().comment("only"));
		this.news.broadcast(SseEvent.of("g"), (session) -> true);
		String position = TestEngine.join(this.news.broadcastAsync(SseEvent.of("h")));
		assertThat(position).isEqualTo(this.news.getPosition());
		TestEngine.join(client.session().flush());
		assertThat(Wire.masked(client.received())).isEqualTo("""
				id: @1
				data: <a>

				event: named
				id: @2
				data: <b>

				event: filtered
				id: @3
				data: <c>

				: note
				id: 4
				data: d

				id: @5
				data: e

				event: renamed
				id: @6
				data: <f>

				id: @7
				data: null

				id: @8
				data: null

				event: nothing
				id: @9
				data: null

				: only
				id: @10

				id: @11
				data: <g>

				id: @12
				data: <h>

				""");
	}

	@Test
	void everyWayToPushIsOneEvent() {
		TestClient<Object> client = this.engine.connect();
		client.session()
			.push("a")
			.push("b", "named")
			.push("c", "identified", "3")
			.push(SseEvent.raw("d").id("4").comment("note"))
			.push((Object) SseEvent.raw("e"))
			.push(SseEvent.of("f"), "renamed")
			.push((Object) null)
			.push((SseEvent) null)
			.push(null, "nothing")
			.push(SseEvent.empty().comment("only"));
		assertThat(Wire.masked(client.received())).isEqualTo("""
				id: ~
				data: <a>

				event: named
				id: ~
				data: <b>

				event: identified
				id: 3
				data: <c>

				: note
				id: 4
				data: d

				id: ~
				data: e

				event: renamed
				id: ~
				data: <f>

				id: ~
				data: null

				id: ~
				data: null

				event: nothing
				id: ~
				data: null

				: only

				""");
	}

	@Test
	void unserialisableBroadcastFailsAtItsCallerAndTouchesNoSession() {
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		String position = this.news.getPosition();
		Exception data = new Exception();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.news.broadcast(data))
			.withCauseInstanceOf(IllegalStateException.class);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.news.broadcastAsync(SseEvent.of(data)));
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.news.broadcast(data, "a", (session) -> true));
		TestEngine.join(client.session().flush());
		assertThat(client.connection().calls()).containsExactly("open 200", "flush", "start");
		assertThat(client.session().isConnected()).isTrue();
		assertThat(this.news.getPosition()).isEqualTo(position);
	}

	@Test
	void unserialisablePushFailsAtItsCallerAndDoesNotCommit() {
		TestClient<Object> client = this.engine.prepare();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> client.session().push(new Exception()))
			.withCauseInstanceOf(IllegalStateException.class);
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> client.session().batch((buffer) -> buffer.push(new Exception())));
		assertThat(client.opening().isCommitted()).isFalse();
		assertThat(client.session().isConnected()).isTrue();
	}

	@Test
	void logThatDoesNotTakeAnEventFailsTheBroadcast() {
		IllegalStateException failure = new IllegalStateException("no connection to the log");
		try (SseEngine other = SseEngine.builder()
			.serializer(TEXT)
			.executor(Runnable::run)
			.eventLog(new FailingLog(failure))
			.build()) {
			Channel<Void, Object> channel = other.getChannelRegistry().channel("news");
			assertThatExceptionOfType(SseException.class).isThrownBy(() -> channel.broadcast("a"))
				.withMessage("Cannot broadcast: the event log has not taken the event.")
				.withCause(failure);
			assertThat(channel.broadcastAsync(SseEvent.of("a"))).isCompletedExceptionally();
		}
	}

	@Test
	void sessionsOfAllDeliveryThreadsGetTheSameOrder() {
		List<TestClient<Object>> clients = List.of(this.engine.connect(), this.engine.connect(), this.engine.connect(),
				this.engine.connect());
		clients.forEach((client) -> this.news.register(client.session()));
		for (int i = 0; i < 100; i++) {
			this.news.broadcast(Wire.event("x" + i));
		}
		for (TestClient<Object> client : clients) {
			TestEngine.join(client.session().flush());
			assertThat(client.received()).isEqualTo(clients.get(0).received());
			assertThat(client.received().lines().filter((line) -> line.startsWith("id"))).hasSize(100);
		}
	}

	private static final class FailingLog extends ForwardingEventLog {

		private final RuntimeException failure;

		FailingLog(RuntimeException failure) {
			this.failure = failure;
		}

		@Override
		public CompletableFuture<Position> append(LogEvent event) {
			return CompletableFuture.failedFuture(this.failure);
		}

	}

}
