package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who sends what while the handler of a session runs. The handler is the thread of the
 * test.
 */
class OpeningTests {

	private static final String RETRY = "retry: 2000\n\n";

	@RegisterExtension
	private final TestEngine engine = new TestEngine(
			(builder) -> builder.sessionDefaults(SessionOptions.builder().maxQueueSize(100).build()));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> client = this.engine.prepare();

	private final Session<Object> session = this.client.session();

	private final SessionOpening<Object> opening = this.client.opening();

	@Test
	void nothingIsSentBeforeTheHandlerHasReturned() {
		this.news.register(this.session);
		this.engine.elsewhere(() -> this.session.push(Wire.event("a")));
		this.news.broadcast(Wire.event("b"));
		this.engine.awaitDelivery();
		assertThat(this.session.isConnected()).isTrue();
		assertThat(this.opening.isCommitted()).isFalse();
		assertThat(calls()).isEmpty();
		this.opening.complete();
		assertThat(this.opening.isCommitted()).isTrue();
		assertThat(calls()).containsExactly("open 200", "write " + RETRY, "flush", "start",
				"write " + Wire.of("a", "b"), "flush");
	}

	@Test
	void headAndPreambleLeaveWithoutAnEvent() {
		this.opening.complete();
		this.opening.complete();
		this.opening.refuse();
		this.opening.fail(new IllegalStateException("late"));
		assertThat(calls()).containsExactly("open 200", "write " + RETRY, "flush", "start");
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void pushByTheHandlerGoesOutAtOnce() {
		this.session.push(Wire.event("a"));
		assertThat(this.opening.isCommitted()).isTrue();
		assertThat(calls()).containsExactly("open 200", "write " + RETRY, "flush", "write " + Wire.of("a"), "flush");
		this.session.push(Wire.event("b"));
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b"));
		this.opening.complete();
		assertThat(calls()).last().isEqualTo("start");
	}

	@Test
	void firstPushByTheHandlerWritesWhatOthersHaveQueuedFirst() {
		this.engine.elsewhere(() -> this.session.push(Wire.event("a")));
		this.session.push(Wire.event("b"));
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b"));
	}

	@Test
	void pushByAnotherThreadWaitsForTheNextPushByTheHandler() {
		this.session.push(Wire.event("a"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("b")));
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a"));
		this.session.push(Wire.event("c"));
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b", "c"));
		assertThat(this.client.connection().writers()).containsOnly(Thread.currentThread());
	}

	@Test
	void pushByAnotherThreadWaitsForTheReturnOfTheHandler() {
		this.session.push(Wire.event("a"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("b")));
		this.opening.complete();
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("c")));
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b", "c"));
	}

	@Test
	void broadcastByAnotherThreadWaitsForTheHandler() {
		this.news.register(this.session);
		this.session.push(Wire.event("a"));
		this.engine.elsewhere(() -> this.news.broadcast(Wire.event("b")));
		this.engine.awaitDelivery();
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a"));
		this.session.push(Wire.event("c"));
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b", "c"));
		this.news.broadcast(Wire.event("d"));
		this.opening.complete();
		this.client.awaitReceived(RETRY + Wire.of("a", "b", "c", "d"));
	}

	@Test
	void pushByTheHandlerWaitsForABroadcastBeforeIt() {
		Gate delivery = this.engine.holdDelivery();
		CompletableFuture<TestClient<Object>> handled = new CompletableFuture<>();
		Future<Thread> handler = this.engine.start(() -> {
			TestClient<Object> own = this.engine.prepare();
			this.news.register(own.session());
			this.news.broadcast(Wire.event("a"));
			handled.complete(own);
			own.session().push(Wire.event("b"));
			own.opening().complete();
			return Thread.currentThread();
		});
		TestClient<Object> own = TestEngine.join(handled);
		TestEngine.await().until(own.opening()::isCommitted);
		assertThat(own.received()).isEqualTo(RETRY);
		delivery.open();
		Thread thread = TestEngine.join(handler);
		assertThat(own.received()).isEqualTo(RETRY + Wire.of("a", "b"));
		assertThat(own.connection().writers()).containsOnly(thread);
	}

	@Test
	void pushByTheHandlerFindsRoomOnceItHasWrittenWhatOthersHaveQueued() {
		this.session.push(Wire.event("a"));
		String text = "x".repeat(60);
		this.engine.elsewhere(() -> this.session.push(text, "one", "1"));
		this.session.push(text, "two", "2");
		assertThat(this.session.isConnected()).isTrue();
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a") + "event: one\nid: 1\ndata: " + text
				+ "\n\nevent: two\nid: 2\ndata: " + text + "\n\n");
	}

	@Test
	void overflowBeforeTheHeadIsOutCutsTheStreamAfterIt() {
		String text = "x".repeat(60);
		this.engine.elsewhere(() -> this.session.push(text, "one", "1").push(text, "two", "2"));
		assertThat(this.session.isConnected()).isFalse();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push("late"));
		this.opening.complete();
		assertThat(calls()).containsExactly("open 200", "write " + RETRY, "flush", "abort");
		assertThat(reason()).isEqualTo(DisconnectReason.OVERFLOW);
	}

	@Test
	void overflowWhileTheHandlerRunsCutsTheStreamWhenItReturns() {
		this.session.push(Wire.event("a"));
		String text = "x".repeat(60);
		this.engine.elsewhere(() -> this.session.push(text, "one", "1").push(text, "two", "2"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push("late"));
		this.opening.complete();
		assertThat(calls()).containsExactly("open 200", "write " + RETRY, "flush", "write " + Wire.of("a"), "flush",
				"abort");
		assertThat(reason()).isEqualTo(DisconnectReason.OVERFLOW);
	}

	@Test
	void burstBetweenTheHeadAndTheStartIsNoOverflow() {
		this.client.connection()
			.during(Call.FLUSH,
					() -> this.engine.elsewhere(() -> this.session.push(Wire.event("a"))
						.push(Wire.event("b".repeat(60)))
						.push(Wire.event("c".repeat(60)))));
		this.opening.complete();
		assertThat(this.session.isConnected()).isTrue();
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b".repeat(60), "c".repeat(60)));
	}

	@Test
	void startThatTakesASecondIsNoMomentForAPeak() {
		this.client.connection().during(Call.START, () -> {
			this.engine.elsewhere(() -> this.session.push(Wire.event("a")).push(Wire.event("b".repeat(60))));
			this.engine.timer.advance(Duration.ofSeconds(1));
			this.engine.elsewhere(() -> this.session.push(Wire.event("c".repeat(60))));
		});
		this.opening.complete();
		assertThat(calls()).containsExactly("open 200", "write " + RETRY, "flush", "start", "abort");
		assertThat(reason()).isEqualTo(DisconnectReason.OVERFLOW);
	}

	@Test
	void batchByTheHandlerReturnsACompletedFuture() {
		List<Thread> threads = new ArrayList<>();
		CompletableFuture<Void> batched = this.session.batch((buffer) -> buffer.push(Wire.event("a")));
		assertThat(batched).isCompleted();
		batched.thenRun(() -> threads.add(Thread.currentThread()));
		assertThat(threads).containsExactly(Thread.currentThread());
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a"));
	}

	@Test
	void flushByTheHandlerReturnsACompletedFuture() {
		assertThat(this.session.flush()).isCompleted();
		assertThat(calls()).isEmpty();
		this.session.push(Wire.event("a"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("b")));
		assertThat(this.session.flush()).isCompleted();
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a", "b"));
	}

	@Test
	void flushByAnotherThreadCompletesThereAndNotInTheHandler() {
		List<String> threads = Collections.synchronizedList(new ArrayList<>());
		Future<?> flushed = this.engine.elsewhere(() -> {
			this.session.push(Wire.event("a"));
			return this.session.flush().thenRun(() -> threads.add(Thread.currentThread().getName()));
		});
		assertThat(flushed).isNotDone();
		this.session.push(Wire.event("b"));
		TestEngine.join(flushed);
		assertThat(threads).containsExactly(TestEngine.LISTENER_THREAD);
	}

	@Test
	void noKeepAliveIsSentAndNoTimeOutRunsWhileTheHandlerRuns() {
		this.session.push(Wire.event("a"));
		this.client.connection().fill();
		this.engine.timer.advance(Duration.ofMinutes(10));
		assertThat(this.engine.timer.getTaskCount()).isZero();
		assertThat(this.session.isConnected()).isTrue();
		this.opening.complete();
		this.engine.timer.advance(Duration.ofMillis(29_999));
		assertThat(this.session.isConnected()).isTrue();
		this.client.connection().drain();
		assertThat(this.client.received()).isEqualTo(RETRY + Wire.of("a"));
	}

	private DisconnectReason reason() {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.session.onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

	private List<String> calls() {
		return this.client.connection().calls();
	}

}
