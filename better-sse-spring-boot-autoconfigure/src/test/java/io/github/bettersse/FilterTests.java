package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filters decide, on the delivery thread, which session gets an event.
 */
class FilterTests {

	record User(String name, boolean admin) {
	}

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Set<String> threads = ConcurrentHashMap.newKeySet();

	private final TestClient<User> ann = connect(new User("ann", true));

	private final TestClient<User> bob = connect(new User("bob", false));

	@Test
	void filterOfABroadcastSeesTheTypedState() {
		Channel<Void, User> news = register(ChannelOptions.forSessions(User.class));
		news.broadcast("a", "for-admins", (session) -> session.getState().admin());
		news.broadcast(Wire.event("b"), (session) -> session.getState().name().equals("bob"));
		news.broadcast(Wire.event("c"));
		this.engine.awaitDelivery();
		assertThat(Wire.masked(this.ann.received()))
			.matches("event: for-admins\nid: @\\d+\ndata: a\n\n" + Wire.of("c"));
		assertThat(this.bob.received()).isEqualTo(Wire.of("b", "c"));
	}

	@Test
	void filterOfAChannelSeesStateAndEvent() {
		Channel<Void, User> news = register(ChannelOptions.<Void, User>builder()
			.sessionState(User.class)
			.filter((session, event) -> session.getState().name().equals(event.getId()))
			.build());
		news.broadcast(Wire.event("ann"));
		news.broadcast(Wire.event("bob"));
		news.broadcast(Wire.event("carl"));
		this.engine.awaitDelivery();
		assertThat(this.ann.received()).isEqualTo(Wire.of("ann"));
		assertThat(this.bob.received()).isEqualTo(Wire.of("bob"));
	}

	@Test
	void bothFiltersMustAccept() {
		Channel<Void, User> news = register(ChannelOptions.<Void, User>builder()
			.sessionState(User.class)
			.filter((session, event) -> !session.getState().name().equals(event.getId()))
			.build());
		news.broadcast(Wire.event("ann"), (session) -> true);
		news.broadcast(Wire.event("bob"), (session) -> false);
		this.engine.awaitDelivery();
		assertThat(this.ann.received()).isEmpty();
		assertThat(this.bob.received()).isEqualTo(Wire.of("ann"));
	}

	@Test
	void filterSeesAStateThatWasSetLater() {
		Channel<Void, User> news = register(ChannelOptions.forSessions(User.class));
		this.bob.session().setState(new User("bob", true));
		news.broadcast(Wire.event("a"), (session) -> session.getState().admin());
		this.engine.awaitDelivery();
		assertThat(this.bob.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void filterRunsOnTheDeliveryThread() {
		Channel<Void, User> news = register(ChannelOptions.<Void, User>builder()
			.sessionState(User.class)
			.filter((session, event) -> this.threads.add(Thread.currentThread().getName()))
			.build());
		news.broadcast(Wire.event("a"), (session) -> this.threads.add(Thread.currentThread().getName()));
		this.engine.awaitDelivery();
		assertThat(this.threads).containsExactly(TestEngine.DELIVERY_THREAD);
	}

	@Test
	void filterThatThrowsMeansNoDeliveryAndIsLogged() {
		Channel<Void, User> news = register(ChannelOptions.forSessions(User.class));
		TestClient<User> carl = connect(new User("carl", false));
		news.register(carl.session());
		for (String name : List.of("a", "b")) {
			news.broadcast(Wire.event(name), (session) -> {
				if (!session.getState().admin()) {
					throw new IllegalStateException("broken " + name);
				}
				return true;
			});
		}
		this.engine.awaitDelivery();
		assertThat(this.ann.received()).isEqualTo(Wire.of("a", "b"));
		assertThat(this.bob.received()).isEmpty();
		assertThat(carl.received()).isEmpty();
		assertThat(this.bob.session().isConnected()).isTrue();
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING A filter of channel 'news' has failed; sessions for which it fails do not get "
					+ "the event / java.lang.IllegalStateException: broken a");
	}

	@Test
	void filterMayFailWithAnError() {
		Channel<Void, User> news = register(ChannelOptions.forSessions(User.class));
		news.broadcast(Wire.event("a"), (session) -> {
			throw new StackOverflowError();
		});
		news.broadcast(Wire.event("b"));
		this.engine.awaitDelivery();
		assertThat(this.ann.received()).isEqualTo(Wire.of("b"));
		assertThat(this.engine.log.takeWarnings()).singleElement().asString().endsWith("StackOverflowError");
	}

	@Test
	void filterThatPushesAndBroadcastsIsOvertakenByNothing() {
		Channel<Void, User> news = register(ChannelOptions.forSessions(User.class));
		List<String> asked = Collections.synchronizedList(new ArrayList<>());
		news.broadcast(Wire.event("a"), (session) -> {
			asked.add(session.getState().name());
			if (asked.size() == 1) {
				this.bob.session().push(Wire.event("b"));
				news.broadcast(Wire.event("c"));
			}
			return true;
		});
		this.engine.awaitDelivery();
		this.engine.awaitDelivery();
		assertThat(asked).containsExactlyInAnyOrder("ann", "bob");
		assertThat(this.ann.received()).isEqualTo(Wire.of("a", "c"));
		assertThat(this.bob.received()).isEqualTo(Wire.of("a", "b", "c"));
	}

	private TestClient<User> connect(User user) {
		return this.engine.connect(SessionOptions.<User>builder().state(user).build());
	}

	private Channel<Void, User> register(ChannelOptions<Void, User> options) {
		Channel<Void, User> news = this.engine.channels.channel("news", options);
		news.register(this.ann.session());
		news.register(this.bob.session());
		return news;
	}

}
