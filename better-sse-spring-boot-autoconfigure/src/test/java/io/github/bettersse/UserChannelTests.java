package io.github.bettersse;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Each user has a channel, as long as somebody needs it.
 */
class UserChannelTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final ChannelRegistry channels = this.engine.channels;

	@Test
	void sessionsOfAUserGetWhatIsBroadcastToIt() {
		TestClient<Object> first = connect("ann");
		TestClient<Object> second = connect("ann");
		TestClient<Object> other = connect("bob");
		TestClient<Object> nobody = this.engine.connect();
		this.channels.user("ann").broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		assertThat(List.of(first.received(), second.received())).containsOnly(Wire.of("a"));
		assertThat(List.of(other.received(), nobody.received())).containsOnly("");
	}

	@Test
	void channelIsNamedAfterItsUser() {
		TestClient<Object> client = connect("ann");
		Channel<Void, Object> user = this.channels.user("ann");
		assertThat(user.getName()).isEqualTo("user:ann");
		assertThat(user.getSessions()).singleElement().isSameAs(client.session());
		assertThat(user.getSessionCount()).isOne();
		assertThat(this.channels.find("user:ann")).containsSame(user);
		assertThat(this.channels.channel("user:ann")).isSameAs(user);
	}

	@Test
	void userIsOnlineAsLongAsASessionIsOpen() {
		assertThat(this.channels.isOnline("ann")).isFalse();
		TestClient<Object> first = prepare("ann");
		assertThat(this.channels.isOnline("ann")).isFalse();
		first.opening().complete();
		assertThat(this.channels.isOnline("ann")).isTrue();
		TestClient<Object> second = connect("ann");
		first.session().close();
		assertThat(this.channels.isOnline("ann")).isTrue();
		second.connection().vanish(null);
		assertThat(this.channels.isOnline("ann")).isFalse();
		assertThat(this.channels.isOnline("")).isFalse();
	}

	@Test
	void whatIsBroadcastWhileTheHandlerRunsIsNotLost() {
		TestClient<Object> client = prepare("ann");
		assertThat(this.channels.user("ann").getSessions()).isEmpty();
		this.channels.user("ann").broadcast(Wire.event("a"));
		client.opening().complete();
		client.awaitReceived(Wire.of("a"));
	}

	@Test
	void refusedSessionLeavesNoTrace() {
		TestClient<Object> client = prepare("ann");
		client.opening().refuse();
		awaitForgotten("ann");
		assertThat(this.channels.isOnline("ann")).isFalse();
	}

	@Test
	void channelIsForgottenWhenTheLastSessionLeaves() {
		TestClient<Object> first = connect("ann");
		TestClient<Object> second = connect("ann");
		first.session().close();
		this.engine.awaitDelivery();
		assertThat(this.channels.find("user:ann")).isPresent();
		second.session().close();
		awaitForgotten("ann");
	}

	@Test
	void channelThatTheSessionLeavesIsForgotten() {
		TestClient<Object> client = connect("ann");
		this.channels.user("ann").deregister(client.session());
		awaitForgotten("ann");
		this.channels.user("ann").register(client.session());
		this.channels.user("ann").broadcast(Wire.event("a"));
		client.awaitReceived(Wire.of("a"));
	}

	@Test
	void channelWithAListenerOrAStateIsKept() {
		Channel<Void, Object> listened = this.channels.user("ann").onRegistered((session) -> {
		});
		assertThat(this.channels.find("user:ann")).containsSame(listened);
		TestClient<Object> client = connect("ann");
		client.session().close();
		this.engine.awaitDelivery();
		assertThat(this.channels.find("user:ann")).containsSame(listened);
	}

	@Test
	void listenersOfAUserHearOfLaterSessions() {
		CompletableFuture<Session<?>> registered = new CompletableFuture<>();
		CompletableFuture<Session<?>> deregistered = new CompletableFuture<>();
		this.channels.user("ann").onRegistered(registered::complete).onDeregistered(deregistered::complete);
		TestClient<Object> client = connect("ann");
		assertThat(TestEngine.join(registered)).isSameAs(client.session());
		client.session().close();
		assertThat(TestEngine.join(deregistered)).isSameAs(client.session());
	}

	@Test
	void broadcastToSomebodyOfflineIsNoErrorAndLeavesNothingBehind() {
		for (int i = 0; i < 100; i++) {
			Channel<Void, Object> user = this.channels.user("user" + i);
			user.broadcast(Wire.event("a"));
			user.broadcast(Wire.event("a"), (session) -> true);
			TestEngine.join(user.broadcastAsync(Wire.event("a")));
			assertThat(user.getSessions()).isEmpty();
			assertThat(user.getSessionCount()).isZero();
			user.deregister(this.engine.connect().session());
			assertThatIllegalStateException().isThrownBy(user::getState);
		}
		assertThat(this.channels.getChannels()).isEmpty();
	}

	@Test
	void referenceToAForgottenChannelStaysValid() {
		Channel<Void, Object> user = this.channels.user("ann");
		TestClient<Object> first = connect("ann");
		user.broadcast(Wire.event("a"));
		first.awaitReceived(Wire.of("a"));
		first.session().close();
		awaitForgotten("ann");
		user.broadcast(Wire.event("b"));
		assertThat(this.channels.find("user:ann")).isEmpty();
		TestClient<Object> second = connect("ann");
		user.broadcast(Wire.event("c"));
		second.awaitReceived(Wire.of("c"));
		assertThat(user.getSessions()).singleElement().isSameAs(second.session());
	}

	@Test
	void endedSessionThatIsRegisteredLeavesNothingBehind() {
		TestClient<Object> client = this.engine.connect();
		client.session().close();
		assertThatExceptionOfType(SseException.class)
			.isThrownBy(() -> this.channels.user("ann").register(client.session()));
		assertThat(this.channels.find("user:ann")).isEmpty();
	}

	private TestClient<Object> connect(String user) {
		TestClient<Object> client = prepare(user);
		client.opening().complete();
		return client;
	}

	private TestClient<Object> prepare(String user) {
		return this.engine.prepare(Handshake.builder("GET", URI.create("/sse")).principal(() -> user).build(),
				SessionOptions.builder().build());
	}

	private void awaitForgotten(String user) {
		TestEngine.await().until(() -> this.channels.find("user:" + user).isEmpty());
	}

}
