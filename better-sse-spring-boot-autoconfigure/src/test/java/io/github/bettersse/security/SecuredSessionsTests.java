package io.github.bettersse.security;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.test.TestSession;
import io.github.bettersse.test.TestSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions end with the login, also when that ends while they open.
 */
class SecuredSessionsTests {

	private final TestSessions sessions = new TestSessions();

	private final SecuredSessions secured = new SecuredSessions(this.sessions.getEngine(), true);

	private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

	private final MockHttpSession httpSession = new MockHttpSession();

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void endOfTheHttpSessionWhileTheHandlerRunsEndsTheSession() throws InterruptedException {
		TestSession<Object> session = prepare(null);
		open(session, this.secured, this.httpSession);
		this.secured.onApplicationEvent(new HttpSessionDestroyedEvent(this.httpSession));
		assertThat(session.getSession().isConnected()).isFalse();
		session.complete();
		assertThat(session).ends().hasText("");
		assertRevoked();
	}

	@Test
	void endOfTheHttpSessionJustBeforeRefusesTheSession() throws InterruptedException {
		this.secured.onApplicationEvent(new HttpSessionDestroyedEvent(this.httpSession));
		TestSession<Object> session = prepare(null);
		open(session, this.secured, this.httpSession);
		assertThat(session.getSession().isConnected()).isFalse();
		assertRevoked();
	}

	@Test
	void changeOfTheIdJustBeforeIsFollowed() throws InterruptedException {
		Authentication ada = new TestingAuthenticationToken("ada", null);
		this.secured.onApplicationEvent(new SessionFixationProtectionEvent(ada, this.httpSession.getId(), "another"));
		TestSession<Object> session = prepare(ada);
		open(session, this.secured, this.httpSession);
		session.complete();
		this.secured.onApplicationEvent(new HttpSessionDestroyedEvent(new MockHttpSession(null, "another")));
		assertRevoked();
	}

	@Test
	void logoutWithoutHttpSessionEndsTheSessionOfThatLogin() throws InterruptedException {
		Authentication ada = new TestingAuthenticationToken("ada", null);
		TestSession<Object> one = prepare(ada);
		open(one, this.secured, null);
		TestSession<Object> other = prepare(new TestingAuthenticationToken("ada", null));
		open(other, this.secured, null);
		this.secured.onApplicationEvent(new LogoutSuccessEvent(ada));
		assertRevoked();
		assertThat(one.getSession().isConnected()).isFalse();
		assertThat(other.getSession().isConnected()).isTrue();
	}

	@Test
	void tokenThatExpiredLongAgoEndsTheSession() throws InterruptedException {
		open(prepare(token(Instant.now().minusSeconds(120))), this.secured, null);
		assertRevoked();
	}

	@Test
	void tokenMayNeverExpire() {
		TestSession<Object> session = prepare(token(Instant.MAX));
		open(session, this.secured, null);
		assertThat(session.getSession().isConnected()).isTrue();
	}

	@Test
	void tokenDoesNotMatterIfNotWanted() {
		TestSession<Object> session = prepare(token(Instant.now().minusSeconds(120)));
		open(session, new SecuredSessions(this.sessions.getEngine(), false), null);
		assertThat(session.getSession().isConnected()).isTrue();
	}

	@Test
	void onlyItsOwnEventsAreListenedTo() {
		assertThat(this.secured.supportsEventType(HttpSessionDestroyedEvent.class)).isTrue();
		assertThat(this.secured.supportsEventType(LogoutSuccessEvent.class)).isTrue();
		assertThat(this.secured.supportsEventType(AuthenticationSuccessEvent.class)).isFalse();
		assertThat(this.secured.supportsEventType(ContextRefreshedEvent.class)).isFalse();
	}

	private TestSession<Object> prepare(@Nullable Authentication authentication) {
		TestSession<Object> session = this.sessions.prepare(TestSessions.handshake().principal(authentication).build(),
				SessionOptions.builder().build());
		session.getSession().onDisconnected(this.reasons::add);
		return session;
	}

	private static void open(TestSession<Object> session, SecuredSessions secured,
			@Nullable MockHttpSession httpSession) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(httpSession);
		secured.onOpening(request, session.getSession());
	}

	private void assertRevoked() throws InterruptedException {
		assertThat(this.reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.REVOKED);
	}

	private static Authentication token(Instant expiry) {
		return new TestingAuthenticationToken("ada",
				new OAuth2AccessToken(TokenType.BEARER, "token", Instant.EPOCH, expiry), List.of());
	}

}
