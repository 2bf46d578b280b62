package io.github.bettersse;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who is in a channel: several tabs of one user are one presence.
 */
class PresenceTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	PresenceTests() {
		this.news.onJoined((user) -> this.told.add("+" + user)).onLeft((user) -> this.told.add("-" + user));
	}

	@Test
	void usersAreDistinctAndSessionsAreCounted() {
		connect("ann");
		connect("ann");
		connect("bob");
		connect(null);
		Presence presence = this.news.getPresence();
		assertThat(presence.getSessionCount()).isEqualTo(4);
		assertThat(presence.getUsers()).containsExactlyInAnyOrder("ann", "bob");
		connect("carl");
		assertThat(presence.getUsers()).as("a snapshot").hasSize(2);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> presence.getUsers().clear());
		assertTold("+ann", "+bob", "+carl");
	}

	@Test
	void userLeavesWithTheLastTab() {
		TestClient<Object> first = connect("ann");
		TestClient<Object> second = connect("ann");
		this.news.deregister(first.session());
		this.news.deregister(first.session());
		assertThat(this.news.getPresence().getUsers()).containsExactly("ann");
		second.connection().vanish(null);
		assertThat(this.news.getPresence().getUsers()).isEmpty();
		assertThat(this.news.getPresence().getSessionCount()).isZero();
		connect("ann");
		assertTold("+ann", "-ann", "+ann");
	}

	@Test
	void sessionCountsFromItsOpeningAndNotWhenItIsRefused() {
		TestClient<Object> refused = prepare("ann");
		this.news.register(refused.session());
		assertThat(this.news.getPresence().getSessionCount()).isZero();
		refused.opening().refuse();
		TestClient<Object> opened = prepare("bob");
		this.news.register(opened.session());
		opened.opening().complete();
		assertThat(this.news.getPresence().getUsers()).containsExactly("bob");
		assertTold("+bob");
	}

	@Test
	void listenersAreToldInTheOrderOfWhatHappensOneAtATime() {
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			connect("user" + i).session().close();
			expected.add("+user" + i);
			expected.add("-user" + i);
		}
		assertTold(expected.toArray(String[]::new));
	}

	@Test
	void channelThatIsRemovedIsLeftByAll() {
		connect("ann");
		this.engine.channels.remove("news");
		assertTold("+ann", "-ann");
	}

	@Test
	void listenerThatFailsKeepsNobodyFromHearing() {
		this.news.onJoined((user) -> {
			throw new IllegalStateException("broken");
		}).onJoined((user) -> this.told.add("and " + user));
		connect("ann");
		assertTold("+ann", "and ann");
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING A listener has failed / java.lang.IllegalStateException: broken");
	}

	private void assertTold(String... expected) {
		TestEngine.await().untilAsserted(() -> assertThat(List.copyOf(this.told)).containsExactly(expected));
	}

	private TestClient<Object> connect(@Nullable String user) {
		TestClient<Object> client = prepare(user);
		this.news.register(client.session());
		client.opening().complete();
		return client;
	}

	private TestClient<Object> prepare(@Nullable String user) {
		Handshake.Builder handshake = Handshake.builder("GET", URI.create("/sse"));
		if (user != null) {
			handshake.principal(() -> user);
		}
		return this.engine.prepare(handshake.build(), SessionOptions.builder().build());
	}

}
