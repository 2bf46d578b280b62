package io.github.bettersse;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broadcast that finds the guard of the drain free and nothing waiting passes the queue
 * without entering it; whatever happens meanwhile, it is written once and in its place.
 */
class PassingBroadcastTests {

	private static final Duration DEFAULT_WRITE_TIMEOUT = Duration.ofSeconds(30);

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	private final RecordingConnection connection = this.client.connection();

	@BeforeEach
	void register() {
		this.news.register(this.session);
		this.engine.awaitDelivery();
	}

	@Test
	void nothingWaits() {
		broadcast("a");
		broadcast("b");
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "write " + Wire.of("b"), "flush");
	}

	@Test
	void anotherThreadWrites() {
		Gate write = this.connection.hold(Call.WRITE);
		Future<?> push = this.engine.start(() -> this.session.push(Wire.event("a")));
		write.awaitArrival();
		broadcast("b");
		assertThat(calls()).containsExactly("write " + Wire.of("a"));
		write.open();
		TestEngine.join(push);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "write " + Wire.of("b"), "flush");
	}

	@Test
	void anotherThreadFlushes() {
		Gate flush = this.connection.hold(Call.FLUSH);
		Future<?> push = this.engine.start(() -> this.session.push(Wire.event("a")));
		flush.awaitArrival();
		broadcast("b");
		flush.open();
		TestEngine.join(push);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "write " + Wire.of("b"), "flush");
	}

	@Test
	void socketIsFull() {
		this.connection.fill();
		broadcast("a");
		broadcast("b");
		assertThat(calls()).isEmpty();
		this.connection.drain();
		assertThat(calls()).containsExactly("write " + Wire.of("a", "b"), "flush");
	}

	@Test
	void socketIsReadyButNobodyHasTakenWhatWaits() {
		this.connection.setReadiness(() -> false);
		this.session.push(Wire.event("a"));
		this.connection.setReadiness(() -> true);
		broadcast("b");
		assertThat(calls()).containsExactly("write " + Wire.of("a", "b"), "flush");
	}

	@Test
	void flushWaitsForTheSocket() {
		this.connection.during(Call.WRITE, this.connection::fill);
		broadcast("a");
		broadcast("b");
		assertThat(calls()).containsExactly("write " + Wire.of("a"));
		this.connection.drain();
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "write " + Wire.of("b"), "flush");
	}

	@Test
	void onWritableDuringItsWriteIsNotMissed() {
		Gate write = this.connection.hold(Call.WRITE);
		this.news.broadcast(Wire.event("a"));
		write.awaitArrival();
		this.connection.fill();
		this.connection.drain();
		write.open();
		this.engine.awaitDelivery();
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush");
	}

	@Test
	void closeDuringItsWriteComesBehindIt() {
		Gate write = this.connection.hold(Call.WRITE);
		this.news.broadcast(Wire.event("a"));
		write.awaitArrival();
		this.session.close();
		write.open();
		this.engine.awaitDelivery();
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "close");
	}

	@Test
	void flushDuringItsWriteWaitsForIt() {
		Gate write = this.connection.hold(Call.WRITE);
		this.news.broadcast(Wire.event("a"));
		write.awaitArrival();
		CompletableFuture<Void> flushed = this.session.flush();
		assertThat(flushed).isNotDone();
		write.open();
		TestEngine.join(flushed);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush");
	}

	@Test
	void socketThatIsFullAfterItsFlushIsTimed() {
		this.connection.during(Call.FLUSH, this.connection::fill);
		broadcast("a");
		this.engine.timer.advance(DEFAULT_WRITE_TIMEOUT);
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "flush", "abort");
	}

	@Test
	void sessionEndsBeforeItsTurn() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.connection.vanish(null);
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(calls()).isEmpty();
	}

	@Test
	void itsWriteFails() {
		this.connection.fail(Call.WRITE, new IOException("Broken pipe"));
		broadcast("a");
		broadcast("b");
		assertThat(calls()).containsExactly("write " + Wire.of("a"), "abort after a failure");
		assertThat(this.session.isConnected()).isFalse();
	}

	@Test
	void lastEventIdFollows() {
		this.news.broadcast("position");
		this.engine.awaitDelivery();
		assertThat(this.session.getLastEventId()).isEqualTo(this.news.getPosition());
		broadcast("given");
		assertThat(this.session.getLastEventId()).isEqualTo("given");
		this.news.broadcast("position");
		this.engine.awaitDelivery();
		assertThat(this.session.getLastEventId()).isEqualTo(this.news.getPosition());
	}

	@Test
	void lastEventIdFollowsSeveralThatAreJoined() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("given"));
		this.news.broadcast("position");
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.session.getLastEventId()).isEqualTo(this.news.getPosition());
	}

	private void broadcast(String id) {
		this.news.broadcast(Wire.event(id));
		this.engine.awaitDelivery();
	}

	/** Return what was called after the head went out. */
	private List<String> calls() {
		return this.connection.calls().subList(3, this.connection.calls().size());
	}

}
