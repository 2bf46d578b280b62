package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One listener hears of all sessions that have opened, of each in order.
 */
class SessionLifecycleListenerTests {

	private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

	private final List<String> threads = Collections.synchronizedList(new ArrayList<>());

	private RuntimeException failure;

	private final SessionLifecycleListener listener = new SessionLifecycleListener() {

		@Override
		public void onConnected(Session<?> session) {
			hear("connected");
		}

		@Override
		public void onDisconnected(Session<?> session, DisconnectReason reason) {
			hear("disconnected " + reason);
		}

		@Override
		public void onRegistered(Channel<?, ?> channel, Session<?> session) {
			hear("registered " + channel.getName());
		}

		@Override
		public void onDeregistered(Channel<?, ?> channel, Session<?> session) {
			hear("deregistered " + channel.getName());
		}

	};

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.lifecycleListener(this.listener));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final Channel<Void, Object> weather = this.engine.channels.channel("weather");

	private final TestClient<Object> client = this.engine.prepare();

	private final Session<Object> session = this.client.session();

	@Test
	void lifeOfASessionIsToldInOrder() {
		this.news.register(this.session);
		this.client.opening().complete();
		this.weather.register(this.session);
		this.news.deregister(this.session);
		this.session.close();
		awaitHeard("connected", "registered news", "registered weather", "deregistered news", "disconnected CLOSED",
				"deregistered weather");
		assertThat(this.threads).containsOnly(TestEngine.LISTENER_THREAD);
	}

	@Test
	void sessionThatNeverOpenedIsNotToldOf() {
		this.news.register(this.session);
		this.client.opening().refuse();
		TestClient<Object> next = this.engine.connect();
		awaitHeard("connected");
		assertThat(next.session().isConnected()).isTrue();
	}

	@Test
	void sessionThatIsClosedByItsHandlerBeforeItOpensIsNotToldOf() {
		this.news.register(this.session);
		this.session.close();
		this.client.opening().complete();
		this.engine.connect();
		awaitHeard("connected");
	}

	@Test
	void pushInTheHandlerOpensTheSession() {
		this.session.push(Wire.event("a"));
		awaitHeard("connected");
		this.client.opening().complete();
		this.client.connection().vanish(null);
		awaitHeard("connected", "disconnected CLIENT_GONE");
	}

	@Test
	void failureOfTheHandlerIsTheReason() {
		this.session.push(Wire.event("a"));
		this.client.opening().fail(new IllegalStateException("no more"));
		awaitHeard("connected", "disconnected ERROR");
		assertThat(this.engine.log.takeWarnings()).hasSize(1);
	}

	@Test
	void stopOfTheEngineIsTheReason() {
		this.client.opening().complete();
		this.engine.engine.stop();
		awaitHeard("connected", "disconnected SHUTDOWN");
	}

	@Test
	void disconnectIsTheReason() {
		this.client.opening().complete();
		this.session.disconnect();
		this.session.close();
		awaitHeard("connected", "disconnected DISCONNECTED");
	}

	@Test
	void removedChannelIsToldOfAsLeft() {
		this.client.opening().complete();
		this.news.register(this.session);
		this.engine.channels.remove("news");
		awaitHeard("connected", "registered news", "deregistered news");
	}

	@Test
	void listenersOfTheSessionHearFirst() {
		this.session.onConnected(() -> this.heard.add("own connected"));
		this.session.onDisconnected((reason) -> this.heard.add("own disconnected"));
		this.client.opening().complete();
		this.session.close();
		TestEngine.await()
			.untilAsserted(() -> assertThat(this.heard).containsExactly("own connected", "connected",
					"own disconnected", "disconnected CLOSED"));
	}

	@Test
	void listenerThatFailsIsLoggedAndCalledAgain() {
		this.failure = new IllegalStateException("no more");
		this.client.opening().complete();
		this.session.close();
		awaitHeard("connected", "disconnected CLOSED");
		TestEngine.await().until(() -> this.client.connection().calls().contains("close"));
		String logged = "A listener has failed / java.lang.IllegalStateException: no more";
		TestEngine.await()
			.untilAsserted(() -> assertThat(this.engine.log.messages(Level.FINE)).containsOnlyOnce(logged));
		assertThat(this.engine.log.takeWarnings()).containsExactly("WARNING " + logged);
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void sessionThatEndsWhileItOpensIsEitherToldOfWhollyOrNotAtAll() {
		SessionListeners listeners = new SessionListeners(executor());
		assertThat(listeners.disconnected(DisconnectReason.CLOSED, () -> this.heard.add("disconnected"))).isTrue();
		assertThat(listeners.connected(() -> this.heard.add("connected"))).isFalse();
		assertThat(listeners.isOpen()).isFalse();
		assertThat(this.heard).isEmpty();
		listeners = new SessionListeners(executor());
		assertThat(listeners.connected(() -> this.heard.add("connected"))).isTrue();
		assertThat(listeners.disconnected(DisconnectReason.CLOSED, () -> this.heard.add("disconnected"))).isTrue();
		assertThat(listeners.disconnected(DisconnectReason.CLOSED, () -> this.heard.add("again"))).isFalse();
		assertThat(this.heard).containsExactly("connected", "disconnected");
	}

	private SerialExecutor executor() {
		return new SerialExecutor(Runnable::run, this.engine.parts().failures());
	}

	private void hear(String what) {
		this.threads.add(Thread.currentThread().getName());
		this.heard.add(what);
		if (this.failure != null) {
			throw this.failure;
		}
	}

	private void awaitHeard(String... expected) {
		TestEngine.await().untilAsserted(() -> assertThat(this.heard).containsExactly(expected));
	}

}
