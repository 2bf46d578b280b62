package io.github.bettersse.secured;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On Tomcat, which looks every second for HTTP sessions that have expired.
 */
@TestPropertySource(properties = { "server.tomcat.background-processor-delay=1s",
		"spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration" })
class SecuredTomcatTests extends SecuredStreamTests {

	@Test
	void expiryEndsTheStreamsOfThatSession() throws Exception {
		Browser first = newBrowser().login("ada");
		Browser second = newBrowser().login("ada");
		try (SseTestClient tab = first.stream().connect("/web/stream");
				SseTestClient phone = second.stream().connect("/web/stream")) {
			assertThat(first.post("/web/expire-soon", "").statusCode()).isEqualTo(200);
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.REVOKED);
			assertThat(tab).ends();
			streams().news().broadcast("still here");
			assertThat(phone).receivesData("\"still here\"").isOpen();
		}
	}

}
