package io.github.bettersse;

import java.lang.reflect.Proxy;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How channels come and go.
 */
class ChannelRegistryTests {

	record User(String name) {
	}

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final ChannelRegistry channels = this.engine.channels;

	@Test
	void channelIsCreatedOnceAndFoundAgain() {
		Channel<Void, Object> news = this.channels.channel("news");
		assertThat(this.channels.channel("news")).isSameAs(news);
		assertThat(this.channels.find("news")).containsSame(news);
		assertThat(news.getName()).isEqualTo("news");
		assertThat(news).hasToString("Channel 'news'");
	}

	@Test
	void channelIsCreatedOnceByAllThreads() {
		Future<?> other = this.engine.start(() -> this.channels.channel("news"));
		Channel<Void, Object> news = this.channels.channel("news");
		assertThat(TestEngine.join(other)).isSameAs(news);
	}

	@Test
	void findNeverCreates() {
		assertThat(this.channels.find("news")).isEmpty();
		assertThat(this.channels.getChannels()).isEmpty();
	}

	@Test
	void channelsAreASnapshot() {
		Channel<Void, Object> news = this.channels.channel("news");
		var before = this.channels.getChannels();
		Channel<Void, Object> weather = this.channels.channel("weather");
		assertThat(before).containsExactly(news);
		assertThat(this.channels.getChannels()).containsExactlyInAnyOrder(news, weather);
	}

	@Test
	void sameOptionsFindTheSameChannel() {
		Channel<Void, User> chat = this.channels.channel("chat", ChannelOptions.forSessions(User.class));
		assertThat(this.channels.channel("chat", ChannelOptions.forSessions(User.class))).isSameAs(chat);
	}

	@Test
	void otherOptionsAreRefusedNamingBoth() {
		this.channels.channel("chat", ChannelOptions.forSessions(User.class));
		assertThatIllegalStateException().isThrownBy(() -> this.channels.channel("chat"))
			.withMessage("Channel 'chat' exists with options [state java.lang.Void, session state "
					+ User.class.getName()
					+ ", no filter], not with [state java.lang.Void, session state java.lang.Object, no filter]");
		BiPredicate<Session<? extends User>, SseEvent> filter = (session, event) -> true;
		assertThatIllegalStateException()
			.isThrownBy(() -> this.channels.channel("chat",
					ChannelOptions.<Integer, User>builder().state(1).sessionState(User.class).filter(filter).build()))
			.withMessageContaining("not with [state java.lang.Integer, session state " + User.class.getName()
					+ ", filter " + filter.getClass().getName() + "]");
	}

	@Test
	void stateIsKeptPerChannel() {
		ChannelOptions<Integer, Object> options = ChannelOptions.<Integer, Object>builder().state(1).build();
		Channel<Integer, Object> counter = this.channels.channel("counter", options);
		Channel<Integer, Object> other = this.channels.channel("other", options);
		counter.setState(2);
		assertThat(counter.getState()).isEqualTo(2);
		assertThat(other.getState()).isEqualTo(1);
		assertThat(this.channels.channel("counter", options).getState()).isEqualTo(2);
	}

	@Test
	void missingStateIsAnError() {
		Channel<Void, Object> news = this.channels.channel("news");
		assertThatIllegalStateException().isThrownBy(news::getState)
			.withMessage("Channel 'news' has no state: none was given with its options or by setState.");
	}

	@Test
	void sessionsAreASnapshot() {
		Channel<Void, Object> news = this.channels.channel("news");
		Session<Object> first = this.engine.connect().session();
		Session<Object> second = this.engine.connect().session();
		news.register(first);
		var before = news.getSessions();
		news.register(second);
		assertThat(before).singleElement().isSameAs(first);
		assertThat(news.getSessions()).hasSize(2);
		assertThat(news.getSessionCount()).isEqualTo(2);
		second.close();
		assertThat(news.getSessionCount()).isEqualTo(1);
		news.deregister(first);
		assertThat(news.getSessionCount()).isZero();
	}

	@Test
	void removedChannelLetsItsSessionsGo() {
		Channel<Void, Object> news = this.channels.channel("news");
		TestClient<Object> open = this.engine.connect();
		TestClient<Object> opening = this.engine.prepare();
		news.register(open.session());
		news.register(opening.session());
		this.channels.remove("news");
		this.channels.remove("news");
		this.channels.remove("unknown");
		assertThat(this.channels.find("news")).isEmpty();
		opening.opening().complete();
		news.broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		assertThat(open.session().isConnected()).isTrue();
		assertThat(open.received()).isEmpty();
		assertThat(opening.received()).isEmpty();
		assertThat(news.getSessions()).isEmpty();
	}

	@Test
	void staleReferenceCreatesItsChannelAgain() {
		Channel<Void, Object> news = this.channels.channel("news");
		this.channels.remove("news");
		TestClient<Object> client = this.engine.connect();
		news.register(client.session());
		this.channels.channel("news").broadcast(Wire.event("a"));
		client.awaitReceived(Wire.of("a"));
		assertThat(this.channels.find("news")).isPresent();
	}

	@Test
	void staleReferenceJoinsAChannelThatSomebodyElseHasCreated() {
		Channel<Void, Object> stale = this.channels.channel("news");
		this.channels.remove("news");
		Channel<Void, Object> news = this.channels.channel("news");
		TestClient<Object> first = this.engine.connect();
		TestClient<Object> second = this.engine.connect();
		stale.register(first.session());
		news.register(second.session());
		stale.broadcast(Wire.event("a"));
		news.broadcast(Wire.event("b"));
		this.engine.awaitDelivery();
		assertThat(first.received()).isEqualTo(Wire.of("a", "b"));
		assertThat(second.received()).isEqualTo(Wire.of("a", "b"));
		assertThat(stale.getSessions()).hasSize(2);
		stale.deregister(second.session());
		assertThat(news.getSessions()).singleElement().isSameAs(first.session());
	}

	@Test
	void staleReferenceDoesNotFitAChannelOfOtherOptions() {
		Channel<Void, Object> stale = this.channels.channel("news");
		this.channels.remove("news");
		this.channels.channel("news", ChannelOptions.forSessions(User.class));
		assertThatIllegalStateException().isThrownBy(() -> stale.broadcast("a"));
		assertThatIllegalStateException().isThrownBy(() -> stale.register(this.engine.connect().session()));
	}

	@Test
	void sessionThatRegistersWhileTheChannelIsReplacedIsInTheNewOne() {
		Channel<Void, Object> stale = this.channels.channel("news");
		TestClient<Object> client = this.engine.connect();
		SessionRegistrations registrations = ((DefaultSession<Object>) client.session()).outlet().registrations();
		Thread registering = new Thread(() -> stale.register(client.session()));
		Channel<Void, Object> news;
		synchronized (registrations) {
			registering.start();
			TestEngine.await().until(() -> registering.getState() == Thread.State.BLOCKED);
			this.channels.remove("news");
			news = this.channels.channel("news");
		}
		TestEngine.await().until(() -> !registering.isAlive());
		assertThat(news.getSessions()).singleElement().isSameAs(client.session());
		news.broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		assertThat(client.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void sessionThatHasEndedCannotBeRegistered() {
		Channel<Void, Object> news = this.channels.channel("news");
		Session<Object> session = this.engine.connect().session();
		session.close();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> news.register(session))
			.withMessage("Cannot register a non-active session.");
		news.deregister(session);
		assertThat(news.getSessions()).isEmpty();
	}

	@Test
	void sessionOfSomebodyElseCannotBeRegistered() {
		Channel<Void, Object> news = this.channels.channel("news");
		Session<?> foreign = (Session<?>) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Session.class }, (proxy, method, arguments) -> null);
		assertThatIllegalArgumentException().isThrownBy(() -> news.register(foreign))
			.withMessageStartingWith("Sessions come from a SessionFactory; this one is a class ");
	}

}
