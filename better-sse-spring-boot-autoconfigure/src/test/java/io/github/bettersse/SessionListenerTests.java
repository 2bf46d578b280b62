package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When, where and in which order the listeners of a session are called.
 */
class SessionListenerTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	@Test
	void connectedListenerIsCalledWhenTheHeadIsOut() {
		TestClient<Object> client = this.engine.prepare();
		client.session().onConnected(() -> tell("connected " + client.opening().isCommitted()));
		assertThat(this.told).isEmpty();
		client.opening().complete();
		awaitTold("connected true on listener");
	}

	@Test
	void connectedListenerIsCalledWhenAPushSendsTheHead() {
		TestClient<Object> client = this.engine.prepare();
		client.session().onConnected(() -> tell("connected"));
		client.session().push("a");
		client.session().push("b");
		client.opening().complete();
		awaitTold("connected on listener");
	}

	@Test
	void connectedListenerThatComesLateIsCalledAtOnce() {
		TestClient<Object> client = this.engine.connect();
		client.session().onConnected(() -> tell("connected"));
		awaitTold("connected on listener");
	}

	@Test
	void disconnectedListenerIsCalledWithTheReasonOnce() {
		TestClient<Object> client = this.engine.connect();
		client.session().onDisconnected((reason) -> tell(reason.name()));
		client.session().close();
		client.session().disconnect();
		awaitTold("CLOSED on listener");
	}

	@Test
	void disconnectedListenerThatComesLateIsCalledAtOnce() {
		TestClient<Object> client = this.engine.connect();
		client.session().disconnect();
		client.session().onDisconnected((reason) -> tell(reason.name()));
		awaitTold("DISCONNECTED on listener");
	}

	@Test
	void listenersOfASessionRunInOrder() {
		TestClient<Object> client = this.engine.prepare();
		client.session()
			.onConnected(() -> tell("connected 1"))
			.onDisconnected((reason) -> tell("disconnected 1"))
			.onConnected(() -> tell("connected 2"))
			.onDisconnected((reason) -> tell("disconnected 2"));
		client.opening().complete();
		client.session().close();
		client.session().onConnected(() -> tell("connected 3"));
		awaitTold("connected 1 on listener", "connected 2 on listener", "disconnected 1 on listener",
				"disconnected 2 on listener", "connected 3 on listener");
	}

	@Test
	void listenersOfASessionRunOneAtATimeAndHoldNoOtherSessionBack() {
		TestClient<Object> first = this.engine.connect();
		TestClient<Object> second = this.engine.connect();
		Gate gate = new Gate();
		first.session().onConnected(gate::pass);
		first.session().onConnected(() -> tell("first"));
		gate.awaitArrival();
		second.session().onConnected(() -> tell("second"));
		awaitTold("second on listener");
		first.session().push(Wire.event("a"));
		assertThat(first.received()).isEqualTo(Wire.of("a"));
		gate.open();
		awaitTold("second on listener", "first on listener");
	}

	@Test
	void listenerThatThrowsIsLoggedAndTheOthersRun() {
		TestClient<Object> client = this.engine.connect();
		client.session().onDisconnected((reason) -> {
			throw new IllegalStateException("broken");
		});
		client.session().onDisconnected((reason) -> {
			throw new AssertionError("broken too");
		});
		client.session().onDisconnected((reason) -> tell("disconnected"));
		client.session().close();
		awaitTold("disconnected on listener");
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING A listener has failed / java.lang.IllegalStateException: broken");
	}

	@Test
	void listenersNeverRunOnTheDeliveryThread() {
		TestClient<Object> client = this.engine.connect(SessionOptions.builder().maxQueueSize(1).build());
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.onDisconnected((session) -> tell("left"));
		news.register(client.session());
		client.session().onDisconnected((reason) -> tell(reason.name()));
		client.connection().fill();
		news.broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		news.broadcast(Wire.event("b"));
		awaitTold("OVERFLOW on listener", "left on listener");
	}

	@Test
	void listenerMayUseItsSession() {
		TestClient<Object> client = this.engine.prepare();
		client.session().onConnected(() -> client.session().push(Wire.event("a")));
		client.opening().complete();
		client.awaitReceived(Wire.of("a"));
		client.session().onDisconnected((reason) -> tell("" + client.session().isConnected()));
		client.session().onConnected(client.session()::close);
		awaitTold("false on listener");
	}

	@Test
	void pushListenerIsCalledByThePushingThread() {
		TestClient<Object> client = this.engine.connect();
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(client.session());
		List<Thread> threads = new ArrayList<>();
		client.session().onPush((event) -> threads.add(Thread.currentThread()));
		client.session().push(Wire.event("a"));
		Gate delivery = this.engine.holdDelivery();
		news.broadcast(Wire.event("b"));
		client.session().push(Wire.event("c"));
		assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
		delivery.open();
		client.awaitReceived(Wire.of("a", "b", "c"));
	}

	@Test
	void pushListenerGetsWhatWasPushedToThisSessionAlone() {
		TestClient<Object> client = this.engine.connect();
		List<SseEvent> pushed = new ArrayList<>();
		client.session().onPush(pushed::add);
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(client.session());
		news.broadcast(Wire.event("x"));
		client.session().batch((buffer) -> buffer.push("y"));
		Object data = new Object();
		SseEvent event = SseEvent.empty().comment("c");
		client.session().push(data).push(data, "named").push(data, "named", "7").push(event);
		assertThat(pushed).extracting(SseEvent::getName).containsExactly("message", "named", "named", null);
		assertThat(pushed).extracting(SseEvent::getId).containsExactly(null, null, "7", null);
		assertThat(pushed).extracting(SseEvent::getData).containsExactly(data, data, data, null);
		assertThat(pushed).last().isSameAs(event);
	}

	@Test
	void pushListenerIsNotCalledForAPushThatFails() {
		TestClient<Object> client = this.engine.connect();
		client.session().onPush((event) -> tell("pushed"));
		client.session().close();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> client.session().push("a"));
		assertThat(this.told).isEmpty();
	}

	@Test
	void pushListenerThatThrowsIsLoggedAndDoesNotFailThePush() {
		TestClient<Object> client = this.engine.connect();
		client.session().onPush((event) -> {
			throw new IllegalStateException("broken");
		});
		client.session().onPush((event) -> this.told.add("pushed"));
		client.session().push(Wire.event("a"));
		assertThat(client.received()).isEqualTo(Wire.of("a"));
		assertThat(this.told).containsExactly("pushed");
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING A listener has failed / java.lang.IllegalStateException: broken");
	}

	@Test
	void dependentStagesOfAFlushRunBehindTheListenersBeforeIt() {
		TestClient<Object> client = this.engine.connect();
		Gate gate = new Gate();
		client.session().onConnected(gate::pass);
		client.session().onConnected(() -> tell("listener"));
		Future<?> flushed = client.session().flush().thenRun(() -> tell("flushed"));
		assertThat(flushed).isNotDone();
		gate.open();
		awaitTold("listener on listener", "flushed on listener");
	}

	private void tell(String what) {
		this.told.add(what + " on " + Thread.currentThread().getName());
	}

	private void awaitTold(String... expected) {
		TestEngine.await().untilAsserted(() -> assertThat(this.told).containsExactly(expected));
	}

}
