package io.github.bettersse.secured;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import io.github.bettersse.SseEngine;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application on a real port.
 */
@SpringBootTest(classes = SecuredApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		// Tomcat warns when random numbers are slow to come.
		properties = "logging.level.org.apache.catalina.util.SessionIdGeneratorBase=error")
@ExtendWith(OutputCaptureExtension.class)
abstract class SecuredScene {

	@LocalServerPort
	private int port;

	@Autowired
	private SecuredStreams streams;

	@Autowired
	private SseEngine engine;

	@Autowired
	private JwtEncoder tokens;

	@AfterEach
	void nothingWasLogged(CapturedOutput output) {
		await().untilAsserted(() -> assertThat(this.engine.getSessionCount()).isZero());
		this.streams.clear();
		assertThat(output.getAll().lines()).filteredOn((line) -> line.matches(".*(WARN|ERROR|SEVERE).*")).isEmpty();
	}

	final SecuredStreams streams() {
		return this.streams;
	}

	final int port() {
		return this.port;
	}

	final SseEngine engine() {
		return this.engine;
	}

	final Browser newBrowser() {
		return new Browser(this.port);
	}

	final SseTestClient.Builder bearer(String user, Instant expiry) {
		JwtClaimsSet claims = JwtClaimsSet.builder().subject(user).expiresAt(expiry).build();
		String token = this.tokens.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
		return SseTestClient.on(this.port).header("Authorization", "Bearer " + token);
	}

	static String basic(String user) {
		return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
	}

}
