package io.github.bettersse;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.bettersse.event.DataSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who the user of a session is, and what happens if that cannot be said.
 */
class UserNameResolverTests {

	private UserNameResolver resolver = UserNameResolver.ofPrincipal();

	@RegisterExtension
	private final TestEngine engine = new TestEngine(
			(builder) -> builder.userNameResolver((handshake) -> this.resolver.resolve(handshake)));

	@Test
	void nameMayComeFromTheRequest() {
		this.resolver = (handshake) -> handshake.getQueryParameters().get("user").get(0);
		TestClient<Object> client = prepare();
		client.opening().complete();
		assertThat(this.engine.channels.isOnline("ann")).isTrue();
		assertThat(this.engine.channels.isOnline("bob")).isFalse();
	}

	@Test
	void defaultIsTheNameOfThePrincipal() {
		TestClient<Object> client = prepare();
		client.opening().complete();
		assertThat(this.engine.channels.isOnline("ann")).isFalse();
		assertThat(this.engine.channels.isOnline("bob")).isTrue();
	}

	@Test
	void sessionOfNobodyIsInNoChannel() {
		this.engine.connect();
		this.resolver = (handshake) -> null;
		prepare().opening().complete();
		assertThat(this.engine.engine.getSessionCount()).isEqualTo(2);
		assertThat(this.engine.channels.getChannels()).isEmpty();
	}

	@Test
	void resolverIsAskedOnceOnTheThreadOfTheRequest() {
		List<Thread> threads = new ArrayList<>();
		this.resolver = (handshake) -> {
			threads.add(Thread.currentThread());
			return "ann";
		};
		TestClient<Object> client = prepare();
		assertThat(threads).containsExactly(Thread.currentThread());
		client.opening().complete();
		client.session().close();
		assertThat(threads).hasSize(1);
	}

	@Test
	void resolverThatFailsLeavesNoSession() {
		this.resolver = (handshake) -> {
			throw new IllegalStateException("unknown");
		};
		RecordingConnection connection = TestEngine.newConnection();
		assertThatIllegalStateException()
			.isThrownBy(
					() -> this.engine.engine.getSessionFactory().prepare(connection, SessionOptions.builder().build()))
			.withMessage("unknown");
		assertThat(sessions()).isEmpty();
		assertThat(connection.calls()).isEmpty();
	}

	@Test
	void channelOfAUserThatTakesNoSuchSessionsLeavesNoSession() {
		this.engine.channels.channel("user:bob", ChannelOptions.forSessions(String.class));
		assertThatIllegalStateException().isThrownBy(this::prepare)
			.withMessageStartingWith("Channel 'user:bob' exists with options");
		assertThat(sessions()).isEmpty();
	}

	@Test
	void sessionThatTheEngineEndsBeforeItIsInItsChannelGoesOnToSaySo() {
		EngineParts parts = this.engine.parts();
		ChannelRegistry ending = (ChannelRegistry) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ChannelRegistry.class }, (proxy, method, arguments) -> {
					parts.sessions().all().forEach((session) -> session.outlet().end(DisconnectReason.SHUTDOWN, null));
					return this.engine.channels.user((String) arguments[0]);
				});
		SessionFactory factory = new DefaultSessionFactory(
				SessionOptions.builder()
					.noRetry()
					.serializer(DataSerializer.ofText(Object::toString))
					.build()
					.withDefaults(SessionSettings.DEFAULTS),
				SseLimits.none(), Duration.ZERO, new UserSessions((handshake) -> "ann", true, ending), parts);
		RecordingConnection connection = TestEngine.newConnection();
		SessionOpening<Object> opening = factory.prepare(connection, SessionOptions.builder().build());
		assertThat(opening.getSession().isConnected()).isFalse();
		opening.complete();
		assertThat(connection.calls()).containsExactly("open 200", "flush", "close");
		assertThat(parts.sessions().all()).isEmpty();
		assertThat(this.engine.channels.find("user:ann")).isEmpty();
		connection.assertContractWasKept();
	}

	private TestClient<Object> prepare() {
		Handshake handshake = Handshake.builder("GET", URI.create("/sse?user=ann"))
			.queryParameters(Map.of("user", List.of("ann")))
			.principal(() -> "bob")
			.build();
		return this.engine.prepare(handshake, SessionOptions.builder().build());
	}

	private Collection<DefaultSession<?>> sessions() {
		return this.engine.parts().sessions().all();
	}

}
