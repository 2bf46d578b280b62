package io.github.bettersse;

import java.net.URI;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of one user come and go at once, and channels of users with them. Whoever is
 * in gets everything.
 */
class UserChannelSoakTests {

	private static final int ROUNDS = 2000;

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.deliveryThreads(2));

	private final ChannelRegistry channels = this.engine.channels;

	@Test
	void sessionThatComesWhileTheLastOneLeavesMissesNothing() {
		Channel<Void, Object> user = this.channels.user("ann");
		TestClient<Object> last = connect();
		for (int round = 0; round < ROUNDS; round++) {
			Session<Object> leaving = last.session();
			Future<?> left = this.engine.start(leaving::close);
			TestClient<Object> coming = connect();
			user.broadcast(Wire.event("a"));
			assertThat(user.getSessions()).contains(coming.session());
			assertThat(this.channels.isOnline("ann")).isTrue();
			coming.awaitReceived(Wire.of("a"));
			TestEngine.join(left);
			last = coming;
		}
		last.session().close();
		TestEngine.await().until(() -> this.channels.find("user:ann").isEmpty());
	}

	@Test
	void sessionThatRegistersWhileTheLastOneLeavesMissesNothing() {
		Channel<Void, Object> user = this.channels.user("bob");
		TestClient<Object> client = this.engine.connect();
		TestClient<Object> other = this.engine.connect();
		int expected = 0;
		for (int round = 0; round < ROUNDS; round++) {
			user.register(other.session());
			Future<?> left = this.engine.start(() -> user.deregister(other.session()));
			user.register(client.session());
			user.broadcast(Wire.event("a"));
			expected++;
			user.deregister(client.session());
			TestEngine.join(left);
		}
		client.awaitReceived(Wire.of("a").repeat(expected));
		TestEngine.await().until(() -> this.channels.find("user:bob").isEmpty());
	}

	@Test
	void listenerThatComesWhileTheLastSessionLeavesIsKept() {
		for (int round = 0; round < ROUNDS; round++) {
			String name = "user" + round;
			TestClient<Object> client = this.engine.connect();
			Channel<Void, Object> user = this.channels.user(name);
			user.register(client.session());
			Future<?> left = this.engine.start(() -> user.deregister(client.session()));
			Gate told = new Gate();
			told.open();
			user.onBroadcast((event) -> told.pass());
			TestEngine.join(left);
			this.channels.user(name).broadcast(Wire.event("a"));
			told.awaitArrival();
			client.session().close();
		}
	}

	@Test
	void sessionsThatOpenWhileTheEngineStopsAreRefusedInOrder() {
		Future<?> stopping = this.engine.start(() -> {
			for (int round = 0; round < ROUNDS; round++) {
				this.engine.engine.stop();
				this.engine.engine.start();
			}
		});
		while (!stopping.isDone()) {
			TestClient<Object> client = prepare();
			client.opening().complete();
			client.session().close();
		}
		TestEngine.join(stopping);
		TestEngine.await().until(() -> this.channels.find("user:ann").isEmpty());
	}

	private TestClient<Object> connect() {
		TestClient<Object> client = prepare();
		client.opening().complete();
		return client;
	}

	private TestClient<Object> prepare() {
		return this.engine.prepare(Handshake.builder("GET", URI.create("/sse")).principal(() -> "ann").build(),
				SessionOptions.builder().build());
	}

}
