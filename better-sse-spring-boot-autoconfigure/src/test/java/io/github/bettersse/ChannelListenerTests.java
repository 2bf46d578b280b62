package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When, where and in which order the listeners of a channel are called.
 */
class ChannelListenerTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	ChannelListenerTests() {
		listen(this.news);
	}

	@Test
	void registrationOfAnOpenSessionIsToldAtOnce() {
		TestClient<Object> client = this.engine.connect();
		this.news.onRegistered((session) -> tell("is it the session: " + (session == client.session())));
		this.news.register(client.session());
		this.news.register(client.session());
		awaitTold("registered news on listener", "is it the session: true on listener");
		assertThat(this.news.getSessions()).singleElement().isSameAs(client.session());
	}

	@Test
	void registrationInAHandlerIsToldWhenTheSessionOpens() {
		TestClient<Object> client = this.engine.prepare();
		client.session().onConnected(() -> tell("connected"));
		this.news.register(client.session());
		Channel<Void, Object> weather = listen(this.engine.channels.channel("weather"));
		weather.register(client.session());
		assertThat(this.news.getSessions()).isEmpty();
		client.opening().complete();
		assertThat(this.news.getSessions()).hasSize(1);
		awaitTold("connected on listener", "registered news on listener", "registered weather on listener");
	}

	@Test
	void deregistrationIsTold() {
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		this.news.deregister(client.session());
		this.news.deregister(client.session());
		this.news.deregister(this.engine.connect().session());
		assertThat(this.news.getSessions()).isEmpty();
		awaitTold("registered news on listener", "deregistered news on listener");
	}

	@Test
	void deregistrationBeforeTheSessionOpensIsNotTold() {
		TestClient<Object> client = this.engine.prepare();
		this.news.register(client.session());
		this.news.deregister(client.session());
		client.opening().complete();
		client.session().onConnected(() -> tell("connected"));
		awaitTold("connected on listener");
		assertThat(this.news.getSessions()).isEmpty();
	}

	@Test
	void endOfASessionIsToldToItselfThenToItsChannels() {
		TestClient<Object> client = this.engine.connect();
		client.session().onDisconnected((reason) -> tell("disconnected"));
		Channel<Void, Object> weather = listen(this.engine.channels.channel("weather"));
		this.news.register(client.session());
		weather.register(client.session());
		client.session().close();
		awaitTold("registered news on listener", "registered weather on listener", "disconnected on listener",
				"left news on listener", "deregistered news on listener", "left weather on listener",
				"deregistered weather on listener");
	}

	@Test
	void removalOfTheChannelDeregistersItsSessions() {
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		this.engine.channels.remove("news");
		assertThat(client.session().isConnected()).isTrue();
		awaitTold("registered news on listener", "deregistered news on listener");
	}

	@Test
	void listenerThatThrowsIsLoggedAndTheOthersRun() {
		this.news.onRegistered((session) -> {
			throw new IllegalStateException("broken");
		});
		this.news.onRegistered((session) -> tell("told"));
		this.news.register(this.engine.connect().session());
		awaitTold("registered news on listener", "told on listener");
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING A listener has failed / java.lang.IllegalStateException: broken");
	}

	@Test
	void listenerMayBroadcast() {
		TestClient<Object> client = this.engine.connect();
		this.news.onRegistered((session) -> this.news.broadcast(Wire.event("join")));
		this.news.register(client.session());
		client.awaitReceived(Wire.of("join"));
	}

	@Test
	void broadcastListenerIsCalledByThePublisherWhenTheEventHasItsPosition() {
		String before = this.news.getPosition();
		SseEvent event = SseEvent.of("a");
		List<Object> seen = new ArrayList<>();
		this.news.onBroadcast((broadcast) -> {
			seen.add(Thread.currentThread());
			seen.add(broadcast);
			seen.add(this.news.getPosition());
		});
		this.news.broadcast(event);
		assertThat(this.news.getPosition()).isNotEqualTo(before);
		assertThat(seen).containsExactly(Thread.currentThread(), event, this.news.getPosition());
	}

	@Test
	void broadcastListenerGetsEveryKindOfBroadcastOnce() {
		List<String> names = new ArrayList<>();
		this.news.onBroadcast((event) -> names.add(event.getName() + "=" + event.getData()));
		this.news.broadcast("a");
		this.news.broadcast("b", "named");
		this.news.broadcast("c", "filtered", (session) -> false);
		this.news.broadcast((Object) null);
		this.news.broadcast((SseEvent) null);
		TestEngine.join(this.news.broadcastAsync(SseEvent.of("d").name("async")));
		this.engine.channels.channel("weather").broadcast("elsewhere");
		assertThat(names).containsExactly("message=a", "named=b", "filtered=c", "message=null", "message=null",
				"async=d");
	}

	@Test
	void broadcastListenerThatThrowsIsLoggedAndDoesNotFailTheBroadcast() {
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		this.news.onBroadcast((event) -> {
			throw new IllegalStateException("broken");
		});
		this.news.onBroadcast((event) -> tell("broadcast"));
		this.news.broadcast(Wire.event("a"));
		client.awaitReceived(Wire.of("a"));
		assertThat(this.told).contains("broadcast on " + Thread.currentThread().getName());
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING A listener has failed / java.lang.IllegalStateException: broken");
	}

	@Test
	void broadcastListenerIsNotCalledForABroadcastThatFails() {
		this.news.onBroadcast((event) -> tell("broadcast"));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.news.broadcast(new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("no text");
			}

		}));
		assertThat(this.told).isEmpty();
	}

	private Channel<Void, Object> listen(Channel<Void, Object> channel) {
		return channel.onRegistered((session) -> tell("registered " + channel.getName()))
			.onDeregistered((session) -> tell("deregistered " + channel.getName()))
			.onDisconnected((session) -> tell("left " + channel.getName()));
	}

	private void tell(String what) {
		this.told.add(what + " on " + Thread.currentThread().getName());
	}

	private void awaitTold(String... expected) {
		TestEngine.await().untilAsserted(() -> assertThat(this.told).containsExactly(expected));
	}

}
