package io.github.bettersse;

import java.time.Duration;
import java.util.List;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the engine tells its recorder, and when.
 */
class EngineRecorderTests {

	private static final int EVENT = Wire.of("a").length();

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final long NANOS = SECOND.toNanos();

	private final RecordedCalls recorder = new RecordedCalls();

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.recorder(this.recorder));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	@Test
	void sessionIsTimedFromTheBeginOfItsHandler() {
		TestClient<Object> client = this.engine.prepare();
		this.engine.timer.advance(SECOND);
		assertThat(this.recorder.take()).isEmpty();
		client.opening().complete();
		assertThat(this.recorder.take()).containsExactly("opened");
		this.engine.timer.advance(SECOND);
		client.session().close();
		client.session().close();
		assertThat(this.recorder.take()).containsExactly("closed CLOSED after " + 2 * NANOS);
	}

	@Test
	void refusedSessionIsClosedWithoutHavingOpened() {
		this.engine.prepare().opening().refuse();
		assertThat(this.recorder.take()).containsExactly("closed REFUSED after 0");
	}

	@Test
	void pushIsWrittenWithoutHavingWaited() {
		TestClient<Object> client = this.engine.connect();
		client.session().push(Wire.event("a"));
		client.session().push(SseEvent.empty().comment("c"));
		TestEngine.join(client.session().batch((buffer) -> buffer.push("x").comment("c").dispatch().data("y")));
		assertThat(this.recorder.take()).containsExactly("opened", written(1, EVENT, -1), written(0, 5, -1),
				written(2, "data: x\n\n: c\n\ndata: y\n\n".length(), -1));
	}

	@Test
	void broadcastIsTimedFromTheLogToEachSocket() {
		TestClient<Object> fast = this.engine.connect();
		TestClient<Object> slow = this.engine.connect();
		this.news.register(fast.session());
		this.news.register(slow.session());
		this.engine.awaitDelivery();
		slow.connection().fill();
		this.recorder.take();
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		assertThat(this.recorder.take()).containsExactly("news broadcast", "news delivering");
		this.engine.timer.advance(SECOND);
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.recorder.take()).containsExactly(written(1, EVENT, NANOS), "news delivered");
		this.engine.timer.advance(SECOND);
		this.news.broadcast(Wire.event("b"));
		this.engine.awaitDelivery();
		this.recorder.take();
		this.engine.timer.advance(SECOND);
		slow.connection().drain();
		assertThat(this.recorder.take()).as("the oldest of those written together")
			.containsExactly(written(2, 2 * EVENT, 3 * NANOS));
	}

	@Test
	void broadcastThatNobodyGetsIsNotDelivered() {
		this.news.broadcast("x");
		this.engine.awaitDelivery();
		assertThat(this.recorder.take()).containsExactly("news broadcast");
	}

	@Test
	void keepAliveIsToldApartFromEvents() {
		this.engine.connect();
		this.recorder.take();
		this.engine.timer.advance(Duration.ofSeconds(10));
		assertThat(this.recorder.take()).containsExactly("kept alive", written(0, 3, -1));
	}

	@Test
	void fullQueueIsToldWithWhatItHasCost() {
		assertThat(overflow(OverflowStrategy.DROP_OLDEST, "a", "b", "c")).containsExactly("overflowed DROP_OLDEST 1");
		assertThat(overflow(OverflowStrategy.KEEP_LATEST, "a", "a", "a")).containsExactly("overflowed KEEP_LATEST 2");
		assertThat(overflow(OverflowStrategy.DISCONNECT, "a", "b", "c")).contains("overflowed DISCONNECT 0",
				"closed OVERFLOW after " + NANOS);
	}

	private List<String> overflow(OverflowStrategy strategy, String... events) {
		TestClient<Object> client = this.engine.connect(
				SessionOptions.builder().overflow(strategy).maxQueueSize(2L * EVENT).keepAlive(Duration.ZERO).build());
		client.connection().fill();
		this.recorder.take();
		for (String event : events) {
			client.session().push(Wire.event(event));
		}
		assertThat(this.recorder.take()).as("what a momentary peak costs").isEmpty();
		this.engine.timer.advance(SECOND);
		return this.recorder.take();
	}

	private static String written(int events, int bytes, long waited) {
		return "written " + events + " events " + bytes + " bytes after " + waited;
	}

}
