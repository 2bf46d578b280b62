package io.github.bettersse;

import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session gets exactly what is broadcast between its registration and its
 * deregistration, and what is pushed after that comes after it.
 */
class DeregisterBehindBroadcastTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	@Test
	void registeredBeforeABroadcastGetsIt() {
		Gate delivery = this.engine.holdDelivery();
		this.news.register(this.session);
		this.news.broadcast(Wire.event("a"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a"));
	}

	@Test
	void registeredAfterABroadcastGetsNothingOfIt() {
		this.news.register(this.engine.connect().session());
		this.engine.awaitDelivery();
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.news.register(this.session);
		this.news.broadcast(Wire.event("b"));
		delivery.open();
		this.client.awaitReceived(Wire.of("b"));
	}

	@Test
	void deregisteredBeforeABroadcastGetsNothingOfIt() {
		this.news.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.news.deregister(this.session);
		this.news.broadcast(Wire.event("a"));
		this.session.push(Wire.event("b"));
		delivery.open();
		this.client.awaitReceived(Wire.of("b"));
	}

	@Test
	void deregisteredAfterABroadcastStillGetsIt() {
		this.news.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.news.deregister(this.session);
		this.news.broadcast(Wire.event("b"));
		assertThat(this.news.getSessions()).isEmpty();
		delivery.open();
		this.client.awaitReceived(Wire.of("a"));
	}

	@Test
	void pushAfterTheDeregistrationGoesBehindTheBroadcastBeforeIt() {
		this.news.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.news.deregister(this.session);
		this.session.push(Wire.event("b"));
		this.session.push(Wire.event("c"));
		assertThat(this.client.received()).isEmpty();
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b", "c"));
	}

	@Test
	void pushDuringTheDeregistrationGoesBehindTheBroadcastBeforeIt() {
		this.news.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		ReentrantLock shard = shardLock();
		Future<?> deregistration;
		Future<?> push;
		shard.lock();
		try {
			deregistration = this.engine.start(() -> this.news.deregister(this.session));
			TestEngine.await().until(() -> shard.getQueueLength() == 1);
			push = this.engine.start(() -> this.session.push(Wire.event("b")));
			TestEngine.await().until(() -> push.isDone() || shard.getQueueLength() == 2);
			assertThat(this.client.received()).isEmpty();
		}
		finally {
			shard.unlock();
		}
		TestEngine.join(deregistration);
		TestEngine.join(push);
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void removedChannelStillDeliversWhatWasBroadcastBefore() {
		this.news.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.engine.channels.remove("news");
		this.session.push(Wire.event("b"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void registeredAgainGetsEachBroadcastOnce() {
		Gate delivery = this.engine.holdDelivery();
		this.news.register(this.session);
		this.news.broadcast(Wire.event("a"));
		this.news.deregister(this.session);
		this.news.broadcast(Wire.event("b"));
		this.news.register(this.session);
		this.news.register(this.session);
		this.news.broadcast(Wire.event("c"));
		delivery.open();
		this.client.awaitReceived(Wire.of("a", "c"));
	}

	@Test
	void waitingBroadcastsOfTwoChannelsReachTheSessionsOfTheirOwnChannel() {
		Channel<Void, Object> weather = this.engine.channels.channel("weather");
		TestClient<Object> other = this.engine.connect();
		this.news.register(this.session);
		weather.register(other.session());
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		weather.broadcast(Wire.event("b"));
		weather.broadcast(Wire.event("c"));
		this.news.broadcast(Wire.event("d"));
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "d"));
		assertThat(other.received()).isEqualTo(Wire.of("b", "c"));
	}

	@Test
	void leavingSessionsMoveNobodyOutOfTheChannel() {
		TestClient<Object> first = this.engine.connect();
		TestClient<Object> last = this.engine.connect();
		this.news.register(first.session());
		this.news.register(this.session);
		this.news.register(last.session());
		this.news.deregister(first.session());
		this.news.broadcast(Wire.event("a"));
		this.news.deregister(last.session());
		this.news.broadcast(Wire.event("b"));
		this.engine.awaitDelivery();
		assertThat(first.received()).isEmpty();
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b"));
		assertThat(last.received()).isEqualTo(Wire.of("a"));
	}

	/** What a thread waits for that hands something to the shard. */
	private ReentrantLock shardLock() {
		Object lock = ReflectionTestUtils.getField(((DefaultSession<?>) this.session).outlet().order().shard(), "lock");
		return (ReentrantLock) lock;
	}

}
