package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that are beyond a limit, and what they are told.
 */
class LimitTests {

	private static final List<String> RETRY_LATER = List.of("open 200", "write retry: 3000\n\n", "flush", "close");

	private static final SseLimits LIMITS = SseLimits.none()
		.maxSessions(4)
		.maxSessionsPerUser(2)
		.maxSessionsPerAddress(3)
		.maxConnectsPerSecond(5);

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.limits(LIMITS)
		.shutdownRetryJitter(Duration.ZERO)
		.sessionDefaults(SessionOptions.builder().retry(Duration.ofSeconds(3)).build())
		.userNameResolver((handshake) -> handshake.getHeader("user")));

	@Test
	void oneMoreThanAllIsToldToComeBack() throws Exception {
		List<TestClient<Object>> open = Stream.of("1", "2", "3", "4").map((name) -> connect(name, name)).toList();
		TestClient<Object> client = prepare("5", "5");
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		client.session().onDisconnected(reason::complete);
		assertThat(client.session().isConnected()).isFalse();
		assertThat(client.connection().calls()).isEqualTo(RETRY_LATER);
		assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.REFUSED);
		client.opening().complete();
		assertThat(client.connection().calls()).isEqualTo(RETRY_LATER);
		assertThat(open).allMatch((other) -> other.session().isConnected());
		assertWarned("4 sessions in all is reached");
	}

	@Test
	void aUserHasNoMoreThanItsOwn() {
		connect("ann", "1");
		connect("ann", "2");
		assertThat(prepare("ann", "3").connection().calls()).isEqualTo(RETRY_LATER);
		assertThat(connect("bob", "1").session().isConnected()).isTrue();
		assertWarned("2 sessions per user is reached by user 'ann'");
	}

	@Test
	void whoeverIsNobodyHasNoBoundOfItsOwn() {
		for (int i = 0; i < 4; i++) {
			assertThat(connect(null, null).session().isConnected()).isTrue();
		}
		assertThat(this.engine.engine.getLimits().greatestUserCount()).isZero();
	}

	@Test
	void anAddressHasNoMoreThanItsOwn() {
		connect("ann", "1");
		connect("bob", "1");
		connect("cal", "1");
		assertThat(prepare("dan", "1").connection().calls()).isEqualTo(RETRY_LATER);
		assertThat(connect("dan", "2").session().isConnected()).isTrue();
		assertWarned("3 sessions per remote address is reached from 1");
	}

	@Test
	void aSecondHasNoMoreThanItsOwn() {
		for (int second = 0; second < 3; second++) {
			comeAndGo(5);
			assertThat(prepare(null, null).connection().calls()).isEqualTo(RETRY_LATER);
			this.engine.timer.advance(Duration.ofSeconds(1));
		}
		this.engine.timer.advance(Duration.ofMillis(500));
		comeAndGo(5);
		this.engine.timer.advance(Duration.ofMillis(199));
		assertThat(prepare(null, null).session().isConnected()).isFalse();
		this.engine.timer.advance(Duration.ofMillis(1));
		comeAndGo(1);
		assertThat(prepare(null, null).session().isConnected()).isFalse();
		assertWarned("5 connects per second is reached");
	}

	@Test
	void whoIsRefusedForAnotherReasonUsesUpNoConnect() {
		connect("ann", "1");
		connect("ann", "2");
		for (int i = 0; i < 10; i++) {
			prepare("ann", "3");
		}
		assertThat(connect("bob", "3").session().isConnected()).isTrue();
		assertWarned("2 sessions per user is reached by user 'ann'");
	}

	@Test
	void whoIsRefusedJoinsNoChannel() {
		connect("ann", "1");
		connect("ann", "1");
		prepare("ann", "1");
		assertThat(this.engine.channels.user("ann").getSessionCount()).isEqualTo(2);
		assertThat(this.engine.engine.getSessionCount()).isEqualTo(2);
		assertWarned("2 sessions per user is reached by user 'ann'");
	}

	@Test
	void whatIsTakenAndRefusedIsCounted() {
		connect("ann", "1");
		connect("ann", "2");
		connect("bob", "1");
		prepare("ann", "3");
		prepare("ann", "4");
		assertThat(this.engine.engine.getLimits()).isEqualTo(new LimitUsage(LIMITS, 3, 2, 2, Map.of(Limit.SESSIONS, 0L,
				Limit.CONNECTS_PER_SECOND, 0L, Limit.SESSIONS_PER_USER, 2L, Limit.SESSIONS_PER_ADDRESS, 0L)));
		assertWarned("2 sessions per user is reached by user 'ann'");
	}

	@Test
	void anOperatorIsWarnedOnceAMinute() {
		connect("ann", "1");
		connect("ann", "1");
		for (int i = 0; i < 5; i++) {
			prepare("ann", "1");
		}
		this.engine.timer.advance(Duration.ofSeconds(59));
		prepare("ann", "1");
		assertWarned("2 sessions per user is reached by user 'ann'");
		this.engine.timer.advance(Duration.ofSeconds(1));
		prepare("ann", "1");
		assertWarned("2 sessions per user is reached by user 'ann' (and 5 times more since the last warning)");
	}

	private void assertWarned(String warning) {
		assertThat(this.engine.log.takeWarnings())
			.containsExactly("WARNING Sessions are refused: the limit of " + warning);
	}

	private void comeAndGo(int count) {
		for (int i = 0; i < count; i++) {
			TestClient<Object> client = connect(null, null);
			assertThat(client.session().isConnected()).isTrue();
			client.session().close();
		}
	}

	private TestClient<Object> connect(@Nullable String user, @Nullable String address) {
		TestClient<Object> client = prepare(user, address);
		client.opening().complete();
		return client;
	}

	private TestClient<Object> prepare(@Nullable String user, @Nullable String address) {
		return this.engine.prepare(Handshake.builder("GET", URI.create("/sse"))
			.headers((user != null) ? Map.of("user", List.of(user)) : Map.of())
			.remoteAddress(address)
			.build(), SessionOptions.builder().build());
	}

}
