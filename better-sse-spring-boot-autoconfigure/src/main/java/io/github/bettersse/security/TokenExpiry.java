package io.github.bettersse.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.util.ClassUtils;

/**
 * The end of the token that a user has authenticated with.
 */
final class TokenExpiry {

	private static final boolean PRESENT = ClassUtils.isPresent("org.springframework.security.oauth2.core.OAuth2Token",
			TokenExpiry.class.getClassLoader());

	/**
	 * How long a token is taken after its end, to allow for clocks that differ: the
	 * default of Spring Security.
	 */
	private static final Duration LEEWAY = Duration.ofSeconds(60);

	private TokenExpiry() {
	}

	/**
	 * Return when what a token has opened is to end.
	 * @return the end of the token, or of the leeway if it is taken all the same;
	 * {@code null} if there is no token, or no end of it
	 */
	static @Nullable Instant of(Authentication authentication, Clock clock) {
		Instant expiry = PRESENT ? expiry(authentication) : null;
		return (expiry != null && !expiry.isAfter(clock.instant())) ? expiry.plus(LEEWAY) : expiry;
	}

	private static @Nullable Instant expiry(Authentication authentication) {
		return Stream.of(authentication.getCredentials(), authentication.getPrincipal())
			.filter(OAuth2Token.class::isInstance)
			.map((token) -> ((OAuth2Token) token).getExpiresAt())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

}
