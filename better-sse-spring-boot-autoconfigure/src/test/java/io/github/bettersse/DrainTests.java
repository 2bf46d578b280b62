package io.github.bettersse;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One thread at a time writes to a connection, nobody waits for it, and nothing is
 * forgotten.
 */
class DrainTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	private final RecordingConnection connection = this.client.connection();

	@Test
	void pushIsOneWriteAndOneFlush() {
		this.session.push(Wire.event("a")).push(Wire.event("b"));
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "write " + Wire.of("b"), "flush");
	}

	@Test
	void pushWhileAnotherThreadWritesReturnsAtOnceAndIsWrittenByThatThread() {
		Gate write = this.connection.hold(Call.WRITE);
		Future<Thread> first = this.engine.start(() -> {
			this.session.push(Wire.event("a"));
			return Thread.currentThread();
		});
		write.awaitArrival();
		this.session.push(Wire.event("b"));
		this.session.push(Wire.event("c"));
		assertThat(calls()).containsExactly("write " + Wire.of("a"));
		write.open();
		Thread writer = TestEngine.join(first);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "write " + Wire.of("b", "c"), "flush");
		assertThat(this.connection.writers()).containsExactly(writer, writer);
	}

	@Test
	void pushWhileAnotherThreadFlushesReturnsAtOnceAndIsWrittenByThatThread() {
		Gate flush = this.connection.hold(Call.FLUSH);
		Future<?> first = this.engine.start(() -> this.session.push(Wire.event("a")));
		flush.awaitArrival();
		this.session.push(Wire.event("b"));
		flush.open();
		TestEngine.join(first);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "write " + Wire.of("b"), "flush");
	}

	@Test
	void onWritableWhileAnotherThreadWritesReturnsAtOnce() {
		Gate write = this.connection.hold(Call.WRITE);
		Future<?> first = this.engine.start(() -> this.session.push(Wire.event("a")));
		write.awaitArrival();
		this.connection.listener().onWritable();
		write.open();
		TestEngine.join(first);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush");
	}

	@Test
	void onWritableThatComesBeforeTheNotReadyAnswerIsUsedIsNotMissed() {
		Gate answer = new Gate();
		AtomicBoolean ready = new AtomicBoolean();
		this.connection.setReadiness(() -> {
			if (ready.get()) {
				return true;
			}
			answer.pass();
			return false;
		});
		Future<?> first = this.engine.start(() -> this.session.push(Wire.event("a")));
		answer.awaitArrival();
		ready.set(true);
		this.connection.listener().onWritable();
		assertThat(calls()).isEmpty();
		answer.open();
		TestEngine.join(first);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush");
	}

	@Test
	void pushThatComesBeforeTheNotReadyAnswerIsUsedIsWrittenLater() {
		Gate answer = new Gate();
		this.connection.during(Call.IS_READY, () -> {
			this.connection.fill();
			answer.pass();
		});
		Future<?> first = this.engine.start(() -> this.session.push(Wire.event("a")));
		answer.awaitArrival();
		this.session.push(Wire.event("b"));
		answer.open();
		TestEngine.join(first);
		assertThat(calls()).isEmpty();
		this.connection.drain();
		assertThat(calls()).containsExactly("write " + Wire.of("a", "b"), "flush");
	}

	@Test
	void closeWhileAnotherThreadWritesComesAfterThatWrite() {
		Gate write = this.connection.hold(Call.WRITE);
		Future<?> first = this.engine.start(() -> this.session.push(Wire.event("a")));
		write.awaitArrival();
		this.session.close();
		assertThat(calls()).containsExactly("write " + Wire.of("a"));
		write.open();
		TestEngine.join(first);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "close");
	}

	@Test
	void flushThatTheSocketDoesNotTakeIsRemembered() {
		this.connection.during(Call.WRITE, this.connection::fill);
		this.session.push(Wire.event("a"));
		assertThat(calls()).containsExactly("write " + Wire.of("a"));
		this.connection.drain();
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush");
	}

	@Test
	void whatWasQueuedIsJoinedIntoOneWriteAndOneFlush() {
		this.connection.fill();
		this.session.push(Wire.event("a"));
		this.session.push(Wire.event("b"));
		this.session.push(Wire.event("c"));
		assertThat(calls()).isEmpty();
		this.connection.drain();
		assertThat(calls()).containsExactly("write " + Wire.of("a", "b", "c"), "flush");
	}

	@Test
	void longQueueIsWrittenInPiecesAndFlushedOnce() {
		String text = "x".repeat(30 * 1024);
		this.connection.fill();
		for (String id : List.of("a", "b", "c", "d", "e")) {
			this.session.push(SseEvent.raw(text).id(id));
		}
		this.connection.drain();
		assertThat(calls()).extracting((call) -> call.length() / 1024).containsExactly(60, 60, 30, 0);
		assertThat(calls()).last().isEqualTo("flush");
		assertThat(this.client.received().lines().filter((line) -> line.startsWith("id: "))).containsExactly("id: a",
				"id: b", "id: c", "id: d", "id: e");
	}

	@Test
	void socketThatFillsUpBetweenTwoPiecesGetsTheRestLater() {
		String text = "x".repeat(60 * 1024);
		this.connection.fill();
		this.session.push(SseEvent.raw(text).id("a"));
		this.session.push(SseEvent.raw(text).id("b"));
		this.connection.during(Call.WRITE, this.connection::fill);
		this.connection.drain();
		assertThat(calls()).hasSize(1);
		this.connection.drain();
		assertThat(calls()).hasSize(3).last().isEqualTo("flush");
	}

	@Test
	void onWritableWithNothingToWriteWritesNothing() {
		this.connection.fill();
		this.connection.drain();
		assertThat(calls()).isEmpty();
	}

	@Test
	void batchIsOneWriteAndOneFlushAndKeepsTheBuffer() {
		this.session.batch(
				(buffer) -> buffer.push(Wire.event("a")).comment("c").dispatch().push(Wire.event("b")).event("open"));
		assertThat(calls()).containsExactly("write " + Wire.of("a") + ": c\n\n" + Wire.of("b") + "event: open\n\n",
				"flush");
	}

	@Test
	void flushCompletesWhenTheSocketHasTakenAll() {
		this.connection.during(Call.WRITE, this.connection::fill);
		this.session.push(Wire.event("a"));
		Future<String> flushed = this.session.flush().thenApply((nothing) -> Thread.currentThread().getName());
		assertThat(flushed).isNotDone();
		this.connection.drain();
		assertThat(TestEngine.join(flushed)).isEqualTo(TestEngine.LISTENER_THREAD);
	}

	@Test
	void flushWithNothingToSendCompletes() {
		TestEngine.join(this.session.flush());
		assertThat(calls()).isEmpty();
	}

	/** Return what was called after the head went out. */
	private List<String> calls() {
		return this.connection.calls().subList(3, this.connection.calls().size());
	}

}
