package io.github.bettersse.security;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two requests are of one login, or of two of the same user.
 */
class LoginTests {

	@Test
	void sameObjectIsTheSameLogin() {
		Authentication authentication = authentication(null, null);
		assertThat(new Login(authentication).isThatOf(authentication)).isTrue();
	}

	@Test
	void nobodyIsNotLoggedIn() {
		assertThat(new Login(authentication(null, null)).isThatOf(null)).isFalse();
	}

	@Test
	void equalObjectsOfOneHttpSessionAreTheSameLogin() {
		assertThat(new Login(authentication("a", null)).isThatOf(authentication("a", null))).isTrue();
		assertThat(new Login(authentication("a", null)).isThatOf(authentication("b", null))).isFalse();
	}

	@Test
	void equalObjectsThatNothingTellsApartAreNot() {
		assertThat(new Login(authentication(null, null)).isThatOf(authentication(null, null))).isFalse();
		assertThat(new Login(authentication(null, "")).isThatOf(authentication(null, ""))).isFalse();
	}

	@Test
	void equalTokensAreTheSameLogin() {
		assertThat(new Login(authentication(null, token("a"))).isThatOf(authentication(null, token("a")))).isTrue();
		assertThat(new Login(authentication(null, token("a"))).isThatOf(authentication(null, token("b")))).isFalse();
	}

	private static OAuth2AccessToken token(String value) {
		return new OAuth2AccessToken(TokenType.BEARER, value, Instant.EPOCH, Instant.MAX);
	}

	private static Authentication authentication(@Nullable String sessionId, @Nullable Object credentials) {
		TestingAuthenticationToken authentication = new TestingAuthenticationToken("ada", credentials, List.of());
		authentication.setDetails(new WebAuthenticationDetails("127.0.0.1", sessionId));
		return authentication;
	}

}
