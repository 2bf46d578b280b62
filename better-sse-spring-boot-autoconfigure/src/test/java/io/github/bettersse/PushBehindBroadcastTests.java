package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A push never overtakes a broadcast that came before it, and waits for nothing else.
 */
class PushBehindBroadcastTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	PushBehindBroadcastTests() {
		this.news.register(this.session);
	}

	@Test
	void pushWithNothingPendingIsWrittenByItsCaller() {
		this.engine.awaitDelivery();
		this.session.push(Wire.event("a"));
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		assertThat(this.client.connection().writers()).containsExactly(Thread.currentThread());
	}

	@Test
	void broadcastIsWrittenByTheDeliveryThread() {
		this.news.broadcast(Wire.event("a"));
		this.client.awaitReceived(Wire.of("a"));
		assertThat(this.client.connection().writers()).extracting(Thread::getName)
			.containsExactly(TestEngine.DELIVERY_THREAD);
	}

	@Test
	void pushGoesBehindABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.session.push(Wire.event("b"));
		assertThat(this.client.received()).isEmpty();
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void pushGoesBehindABroadcastThatIsBeingDeliveredToAnotherSession() {
		TestClient<Object> other = this.engine.connect();
		Channel<Void, Object> both = this.engine.channels.channel("both");
		both.register(other.session());
		both.register(this.session);
		Gate delivery = other.connection().hold(Call.WRITE);
		both.broadcast(Wire.event("a"));
		delivery.awaitArrival();
		this.session.push(Wire.event("b"));
		assertThat(this.client.received()).isEmpty();
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b"));
		other.awaitReceived(Wire.of("a"));
	}

	@Test
	void pushGoesBehindABroadcastThatIsBeingWrittenToThisSession() {
		Gate write = this.client.connection().hold(Call.WRITE);
		this.news.broadcast(Wire.event("a"));
		write.awaitArrival();
		this.session.push(Wire.event("b"));
		this.session.push(Wire.event("c"));
		write.open();
		this.client.awaitReceived(Wire.of("a", "b", "c"));
	}

	@Test
	void pushGoesBehindABroadcastThatItsFilterIsLookingAt() {
		Gate filter = new Gate();
		this.news.broadcast(Wire.event("a"), (session) -> {
			filter.pass();
			return true;
		});
		filter.awaitArrival();
		this.session.push(Wire.event("b"));
		filter.open();
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void pushGoesBehindSeveralBroadcastsThatAreJoined() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.news.broadcast(Wire.event("b"));
		this.session.push(Wire.event("c"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b", "c"));
		assertThat(this.client.connection().calls()).containsExactly("open 200", "flush", "start",
				"write " + Wire.of("a", "b"), "flush", "write " + Wire.of("c"), "flush");
	}

	@Test
	void secondPushGoesBehindTheFirstThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.session.push(Wire.event("b"));
		this.session.push(Wire.event("c"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b", "c"));
	}

	@Test
	void pushBetweenTwoBroadcastsArrivesBetweenThem() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.session.push(Wire.event("b"));
		this.news.broadcast(Wire.event("c"));
		this.session.push(Wire.event("d"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b", "c", "d"));
	}

	@Test
	void pushGoesBehindBroadcastsOfAllItsChannels() {
		Channel<Void, Object> weather = this.engine.channels.channel("weather");
		weather.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		weather.broadcast(Wire.event("b"));
		this.session.push(Wire.event("c"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b", "c"));
	}

	@Test
	void pushByAnotherThreadGoesBehindABroadcastThatWaits() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.engine.elsewhere(() -> this.session.push(Wire.event("b")));
		this.engine.elsewhere(() -> this.session.push(Wire.event("c")));
		assertThat(this.client.received()).isEmpty();
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b", "c"));
	}

	@Test
	void eachOfSeveralThreadsSeesItsOwnOrder() {
		Gate delivery = this.engine.holdDelivery();
		CountDownLatch done = new CountDownLatch(3);
		for (String name : List.of("x", "y", "z")) {
			this.engine.start(() -> {
				this.news.broadcast(Wire.event(name + "1"));
				this.session.push(Wire.event(name + "2"));
				this.news.broadcast(Wire.event(name + "3"));
				done.countDown();
			});
		}
		Gate.await(done);
		delivery.open();
		this.engine.awaitDelivery();
		for (String name : List.of("x", "y", "z")) {
			assertThat(this.client.received().lines().filter((line) -> line.startsWith("data: " + name)))
				.containsExactly("data: " + name + "1", "data: " + name + "2", "data: " + name + "3");
		}
		assertThat(this.client.received()).hasSameSizeAs(Wire.of("x1", "x2", "x3").repeat(3));
	}

	@Test
	void pushIsDirectAgainOnceTheShardHasCaughtUp() {
		this.news.broadcast(Wire.event("a"));
		this.session.push(Wire.event("b"));
		this.engine.awaitDelivery();
		this.session.push(Wire.event("c"));
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b", "c"));
		assertThat(this.client.connection().writers()).last().isEqualTo(Thread.currentThread());
	}

	@Test
	void pushIsDirectAgainOnceTheShardHasDeliveredJoinedBroadcasts() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.news.broadcast(Wire.event("b"));
		this.news.broadcast(Wire.event("c"));
		delivery.open();
		this.engine.awaitDelivery();
		this.session.push(Wire.event("d"));
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b", "c", "d"));
		assertThat(this.client.connection().writers()).last().isEqualTo(Thread.currentThread());
	}

	@Test
	void broadcastOnAForeignChannelHoldsNoPushBack() {
		TestClient<Object> other = this.engine.connect();
		Channel<Void, Object> foreign = this.engine.channels.channel("foreign");
		foreign.register(other.session());
		this.engine.awaitDelivery();
		Gate delivery = this.engine.holdDelivery();
		foreign.broadcast(Wire.event("x"));
		this.session.push(Wire.event("a"));
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		delivery.open();
		other.awaitReceived(Wire.of("x"));
	}

	@Test
	void pushGoesBehindABroadcastThatWasFilteredAway() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"), (session) -> false);
		this.session.push(Wire.event("b"));
		delivery.open();
		this.client.awaitReceived(Wire.of("b"));
	}

	@Test
	void pushWithAFullSocketWaitsBehindTheBroadcast() {
		this.client.connection().fill();
		this.news.broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		this.session.push(Wire.event("b"));
		this.news.broadcast(Wire.event("c"));
		this.engine.awaitDelivery();
		assertThat(this.client.received()).isEmpty();
		this.client.connection().drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b", "c"));
	}

	@Test
	void pushOfUnserialisableDataBehindABroadcastFailsAtItsCaller() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push(new Unserialisable()));
		this.session.push(SseEvent.raw("b").id("b"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	private static final class Unserialisable {

		@Override
		public String toString() {
			throw new IllegalStateException("no text");
		}

	}

}
