package io.github.bettersse.security;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a session ends because of its token.
 */
class TokenExpiryTests {

	private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

	private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	@Test
	void endsWithItsToken() {
		Instant expiry = NOW.plusSeconds(5);
		assertThat(TokenExpiry.of(new TestingAuthenticationToken("ada", token(expiry), List.of()), this.clock))
			.isEqualTo(expiry);
		assertThat(TokenExpiry.of(new TestingAuthenticationToken(token(expiry), "", List.of()), this.clock))
			.isEqualTo(expiry);
	}

	@Test
	void tokenThatIsTakenAfterItsEndIsGoodForTheLeeway() {
		assertThat(TokenExpiry.of(new TestingAuthenticationToken("ada", token(NOW), List.of()), this.clock))
			.isEqualTo(NOW.plusSeconds(60));
	}

	@Test
	void withoutTokenOrEndThereIsNone() {
		assertThat(TokenExpiry.of(new TestingAuthenticationToken("ada", "secret", List.of()), this.clock)).isNull();
		assertThat(TokenExpiry.of(new TestingAuthenticationToken("ada", token(null), List.of()), this.clock)).isNull();
	}

	private static OAuth2AccessToken token(Instant expiry) {
		return new OAuth2AccessToken(TokenType.BEARER, "token", NOW.minusSeconds(100), expiry);
	}

}
