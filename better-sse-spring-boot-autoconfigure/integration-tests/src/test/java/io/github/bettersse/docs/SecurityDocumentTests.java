package io.github.bettersse.docs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs what {@code docs/security.md} shows.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration")
class SecurityDocumentTests {

	private static final SecretKey KEY = new SecretKeySpec(
			"a key of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8), "HmacSHA256");

	private static final String EVENTS = "/events?room=blue";

	@LocalServerPort
	private int port;

	@Autowired
	private ChannelRegistry channels;

	@Autowired
	private RoomMembers members;

	@Autowired
	private ShiftedClock clock;

	@BeforeEach
	void addMember() {
		this.members.add("room:blue", "ada");
	}

	@Test
	void ticketOpensOneStreamOfItsOwner() throws Exception {
		String ticket = ticket("ada");
		try (SseTestClient client = SseTestClient.on(this.port).connect(EVENTS + "&ticket=" + ticket);
				SseTestClient again = SseTestClient.on(this.port).connect(EVENTS + "&ticket=" + ticket)) {
			assertThat(client.getStatus()).isEqualTo(200);
			this.channels.user("ada").broadcast("for ada");
			assertThat(client).receivesData("\"for ada\"");
			assertThat(again.getStatus()).isEqualTo(401);
		}
	}

	@Test
	void ticketIsBoundToItsOwner() throws Exception {
		try (SseTestClient client = SseTestClient.on(this.port).connect(EVENTS + "&ticket=" + ticket("kim"))) {
			assertThat(client.getStatus()).isEqualTo(403);
		}
	}

	@Test
	void ticketIsShortLived() throws Exception {
		String early = ticket("ada");
		String late = ticket("ada");
		this.clock.shift = Duration.ofSeconds(29);
		try (SseTestClient client = SseTestClient.on(this.port).connect(EVENTS + "&ticket=" + early)) {
			assertThat(client.getStatus()).isEqualTo(200);
		}
		this.clock.shift = Duration.ofSeconds(30);
		try (SseTestClient client = SseTestClient.on(this.port).connect(EVENTS + "&ticket=" + late)) {
			assertThat(client.getStatus()).isEqualTo(401);
		}
		this.clock.shift = Duration.ZERO;
	}

	@Test
	void guessedTicketAndNoneAreRefused() {
		for (String path : List.of(EVENTS, EVENTS + "&ticket=guessed")) {
			try (SseTestClient client = SseTestClient.on(this.port).connect(path)) {
				assertThat(client.getStatus()).isEqualTo(401);
			}
		}
	}

	@Test
	void ticketNeedsALogin() throws Exception {
		assertThat(send(HttpRequest.newBuilder(uri("/tickets")).POST(BodyPublishers.noBody())).statusCode())
			.isEqualTo(401);
	}

	@Test
	void memberThatIsBannedIsTold() throws Exception {
		try (SseTestClient client = SseTestClient.on(this.port)
			.header("Authorization", bearer("ada"))
			.connect(EVENTS)) {
			this.channels.channel("room:blue").broadcast("hello");
			assertThat(client).receivesData("\"hello\"");
			assertThat(send(HttpRequest.newBuilder(uri("/rooms/blue/members/ada"))
				.header("Authorization", bearer("kim"))
				.DELETE()).statusCode()).isEqualTo(200);
			this.channels.channel("room:blue").broadcast("secret");
			this.channels.user("ada").broadcast("for ada");
			assertThat(client).receives("channel-revoked", "{\"channel\":\"room:blue\"}").receivesData("\"for ada\"");
			try (SseTestClient again = client.reconnect()) {
				assertThat(again.getStatus()).isEqualTo(403);
			}
		}
	}

	@Test
	void otherOriginIsLetInWithCredentials() throws Exception {
		HttpResponse<String> preflight = send(HttpRequest.newBuilder(uri("/events"))
			.method("OPTIONS", BodyPublishers.noBody())
			.header("Origin", "https://app.example.com")
			.header("Access-Control-Request-Method", "GET")
			.header("Access-Control-Request-Headers", "authorization,last-event-id"));
		assertThat(preflight.statusCode()).isEqualTo(200);
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
		try (SseTestClient client = SseTestClient.on(this.port)
			.header("Origin", "https://app.example.com")
			.header("Authorization", bearer("ada"))
			.connect(EVENTS)) {
			assertThat(client.getHeaders()).containsEntry("Access-Control-Allow-Origin",
					List.of("https://app.example.com"));
		}
	}

	private String ticket(String user) throws Exception {
		HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/tickets"))
			.header("Authorization", bearer(user))
			.POST(BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

	private static String bearer(String user) {
		JwtClaimsSet claims = JwtClaimsSet.builder().subject(user).expiresAt(Instant.now().plusSeconds(600)).build();
		return "Bearer " + new NimbusJwtEncoder(new ImmutableSecret<>(KEY))
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ StreamSecurity.class, RoomController.class, RoomMembers.class, Tickets.class })
	static class Application {

		@Bean
		JwtDecoder jwtDecoder() {
			return NimbusJwtDecoder.withSecretKey(KEY).macAlgorithm(MacAlgorithm.HS256).build();
		}

		@Bean
		@Primary
		ShiftedClock shiftedClock() {
			return new ShiftedClock();
		}

	}

	static class ShiftedClock extends Clock {

		private volatile Duration shift = Duration.ZERO;

		private final Instant start = Instant.now();

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.start.plus(this.shift);
		}

	}

}
