package io.github.bettersse.secured;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.SseEngine;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The end of logins whose HTTP sessions are those of Spring Session, on a real port.
 */
@SpringBootTest(classes = { SecuredApplication.class, SpringSessionTests.Sessions.class },
		webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration")
class SpringSessionTests {

	@LocalServerPort
	private int port;

	@Autowired
	private SecuredStreams streams;

	@Autowired
	private SseEngine engine;

	@Autowired
	private EventfulSessionRepository repository;

	@AfterEach
	void clear() {
		await().untilAsserted(() -> assertThat(this.engine.getSessionCount()).isZero());
		this.streams.clear();
		this.repository.silence(false);
	}

	@Test
	void logoutEndsTheStreamsOfThatLogin() throws Exception {
		assertLogoutEndsStreamsOfThatLogin();
	}

	@Test
	void logoutEndsThemIfTheRepositoryPublishesNothing() throws Exception {
		this.repository.silence(true);
		assertLogoutEndsStreamsOfThatLogin();
	}

	private void assertLogoutEndsStreamsOfThatLogin() throws Exception {
		Browser first = new Browser(this.port).login("ada");
		Browser second = new Browser(this.port).login("ada");
		try (SseTestClient tab = first.stream().connect("/web/stream");
				SseTestClient phone = second.stream().connect("/web/stream")) {
			first.logout();
			assertThat(tab).ends();
			assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.REVOKED);
			assertStaysOpen(phone);
		}
	}

	@Test
	void expiryEndsTheStreamsOfThatSession() throws Exception {
		Browser first = new Browser(this.port).login("ada");
		Browser second = new Browser(this.port).login("ada");
		try (SseTestClient tab = first.stream().connect("/web/stream");
				SseTestClient phone = second.stream().connect("/web/stream")) {
			this.repository.expire(id(first));
			assertThat(tab).ends();
			assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.REVOKED);
			assertStaysOpen(phone);
		}
	}

	@Test
	void changeOfTheIdAtLoginIsFollowed() throws Exception {
		Browser browser = new Browser(this.port);
		browser.csrfToken();
		String before = id(browser);
		try (SseTestClient early = browser.stream().connect("/web/public")) {
			browser.login("ada");
			assertThat(id(browser)).isNotEqualTo(before);
			assertStaysOpen(early);
			this.repository.expire(id(browser));
			assertThat(early).ends();
			assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.REVOKED);
		}
	}

	private void assertStaysOpen(SseTestClient client) {
		this.streams.news().broadcast("still here");
		assertThat(client).receivesData("\"still here\"").isOpen();
	}

	private static String id(Browser browser) {
		return new String(Base64.getDecoder().decode(browser.sessionCookie()), StandardCharsets.UTF_8);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableSpringHttpSession
	static class Sessions {

		@Bean
		EventfulSessionRepository sessionRepository(ApplicationEventPublisher publisher) {
			return new EventfulSessionRepository(publisher);
		}

	}

}
