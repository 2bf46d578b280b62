package io.github.bettersse.docs;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

@Component
class Tickets {

	private static final Duration VALIDITY = Duration.ofSeconds(30);

	private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();

	private final SecureRandom random = new SecureRandom();

	private final Clock clock;

	Tickets(Clock clock) {
		this.clock = clock;
	}

	String issue(Authentication owner) {
		Instant now = this.clock.instant();
		this.tickets.values().removeIf((ticket) -> !now.isBefore(ticket.end()));
		byte[] secret = new byte[32];
		this.random.nextBytes(secret);
		String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
		this.tickets.put(ticket, new Ticket(owner, now.plus(VALIDITY)));
		return ticket;
	}

	Optional<Authentication> redeem(String ticket) {
		return Optional.ofNullable(this.tickets.remove(ticket)) // so that nobody can do
																// so again
			.filter((found) -> this.clock.instant().isBefore(found.end()))
			.map(Ticket::owner);
	}

	private record Ticket(Authentication owner, Instant end) {
	}

}
