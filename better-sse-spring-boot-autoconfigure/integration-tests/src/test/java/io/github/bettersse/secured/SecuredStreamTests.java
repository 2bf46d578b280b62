package io.github.bettersse.secured;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Users, and the end of their logins.
 */
abstract class SecuredStreamTests extends SecuredRequestTests {

	@Autowired
	private ChannelRegistry channels;

	@Test
	void basicAuthentication() throws Exception {
		assertIsThatOfAda(SseTestClient.on(port()).header("Authorization", basic("ada")), "/api/stream");
	}

	@Test
	void bearerToken() throws Exception {
		assertIsThatOfAda(bearer("ada", Instant.now().plusSeconds(600)), "/api/stream");
	}

	@Test
	void formLogin() throws Exception {
		assertIsThatOfAda(newBrowser().login("ada").stream(), "/web/stream");
	}

	private void assertIsThatOfAda(SseTestClient.Builder builder, String path) throws Exception {
		try (SseTestClient client = builder.connect(path)) {
			assertThat(client.getStatus()).isEqualTo(200);
			assertThat(streams().nextSession().getHandshake().getPrincipal().getName()).isEqualTo("ada");
			await().until(() -> this.channels.isOnline("ada"));
			this.channels.user("ada").broadcast("for ada");
			assertThat(client).receivesData("\"for ada\"");
		}
	}

	@Test
	void anonymousIsNoUser() throws Exception {
		try (SseTestClient client = SseTestClient.on(port()).connect("/web/public")) {
			assertThat(client.getStatus()).isEqualTo(200);
			assertThat(streams().nextSession().getHandshake().getPrincipal()).isNull();
			assertThat(this.channels.isOnline("anonymousUser")).isFalse();
			assertThat(this.channels.getChannels()).noneMatch((channel) -> channel.getName().startsWith("user:a"));
		}
	}

	@Test
	void withoutLoginThereIsNoStream() {
		try (SseTestClient client = SseTestClient.on(port()).connect("/api/stream")) {
			assertThat(client.getStatus()).isEqualTo(401);
		}
	}

	@Test
	void logoutEndsTheStreamsOfThatLogin() throws Exception {
		Browser first = newBrowser().login("ada");
		Browser second = newBrowser().login("ada");
		try (SseTestClient tab = first.stream().connect("/web/stream");
				SseTestClient otherTab = first.stream().connect("/web/stream");
				SseTestClient phone = second.stream().connect("/web/stream");
				SseTestClient visitor = SseTestClient.on(port()).connect("/web/public")) {
			first.logout();
			assertThat(tab).ends();
			assertThat(otherTab).ends();
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.REVOKED);
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.REVOKED);
			streams().news().broadcast("still here");
			assertThat(phone).receivesData("\"still here\"").isOpen();
			assertThat(visitor).receivesData("\"still here\"").isOpen();
			try (SseTestClient again = tab.reconnect()) {
				assertThat(again.getStatus()).isEqualTo(302);
			}
		}
	}

	@Test
	void invalidationEndsTheStreamsOfThatSession() throws Exception {
		Browser first = newBrowser().login("ada");
		Browser second = newBrowser().login("ada");
		try (SseTestClient tab = first.stream().connect("/web/stream");
				SseTestClient phone = second.stream().connect("/web/stream")) {
			assertThat(first.post("/web/invalidate", "").statusCode()).isEqualTo(200);
			assertThat(tab).ends();
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.REVOKED);
			streams().news().broadcast("still here");
			assertThat(phone).receivesData("\"still here\"").isOpen();
		}
	}

	@Test
	void changeOfTheIdAtLoginIsFollowed() throws Exception {
		Browser browser = newBrowser();
		browser.csrfToken();
		String before = browser.sessionCookie();
		try (SseTestClient early = browser.stream().connect("/web/public")) {
			browser.login("ada");
			assertThat(browser.sessionCookie()).isNotEqualTo(before);
			streams().news().broadcast("still here");
			assertThat(early).receivesData("\"still here\"").isOpen();
			browser.logout();
			assertThat(early).ends();
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.REVOKED);
		}
	}

	/** Do what the container does now and then. */
	void lookForExpiredSessions() {
	}

	@Test
	void expiryEndsTheStreamsOfThatSession() throws Exception {
		Browser first = newBrowser().login("ada");
		Browser second = newBrowser().login("ada");
		try (SseTestClient tab = first.stream().connect("/web/stream");
				SseTestClient phone = second.stream().connect("/web/stream")) {
			assertThat(first.post("/web/expire-soon", "").statusCode()).isEqualTo(200);
			await().untilAsserted(() -> {
				lookForExpiredSessions();
				assertThat(streams().news().getSessionCount()).isEqualTo(1);
			});
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.REVOKED);
			assertThat(tab).ends();
			streams().news().broadcast("still here");
			assertThat(phone).receivesData("\"still here\"").isOpen();
		}
	}

	@Test
	void expiryOfATokenEndsItsStreams() throws Exception {
		try (SseTestClient shortLived = bearer("ada", Instant.now().plusSeconds(3)).connect("/api/stream");
				SseTestClient longLived = bearer("ada", Instant.now().plusSeconds(600)).connect("/api/stream")) {
			streams().news().broadcast("both");
			assertThat(shortLived).receivesData("\"both\"");
			assertThat(longLived).receivesData("\"both\"");
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.REVOKED);
			assertThat(shortLived).ends();
			streams().news().broadcast("still here");
			assertThat(longLived).receivesData("\"still here\"").isOpen();
		}
	}

	@Test
	void idOfTheHttpSessionIsShownNowhere() throws Exception {
		Browser browser = newBrowser().login("ada");
		try (SseTestClient client = browser.stream().connect("/web/stream")) {
			Session<?> session = streams().nextSession();
			String id = browser.sessionCookie();
			assertThat(session.getHandshake() + " " + session + " " + session.getId()).doesNotContain(id);
			Map<String, List<String>> headers = new TreeMap<>(session.getHandshake().getHeaders());
			headers.keySet().removeIf("Cookie"::equalsIgnoreCase);
			assertThat(headers.toString()).doesNotContain(id);
			assertThat(client.getText()).doesNotContain(id);
		}
	}

}
