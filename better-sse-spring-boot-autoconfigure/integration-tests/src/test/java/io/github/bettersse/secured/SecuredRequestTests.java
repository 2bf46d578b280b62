package io.github.bettersse.secured;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Spring Security makes of requests for streams, and of their ends.
 */
abstract class SecuredRequestTests extends SecuredScene {

	@Autowired
	private FilterRegistrationBean<Dispatches> dispatches;

	private int dispatchesBefore;

	@BeforeEach
	void countDispatches() {
		this.dispatchesBefore = this.dispatches.getFilter().count();
	}

	@Test
	void nothingIsDispatchedAtClose() throws Exception {
		try (SseTestClient client = bearer("ada", Instant.now().plusSeconds(600)).connect("/api/stream")) {
			streams().nextSession().close();
			assertThat(client).ends();
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.CLOSED);
		}
		assertNothingWasDispatched();
	}

	@Test
	void nothingIsDispatchedWhenTheClientGoes() throws Exception {
		try (SseTestClient client = bearer("ada", Instant.now().plusSeconds(600)).connect("/api/stream")) {
			client.cut();
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
		}
		assertNothingWasDispatched();
	}

	@Test
	void nothingIsDispatchedAtATimeout() throws Exception {
		try (StalledClient client = new StalledClient(port(), "/api/impatient", basic("ada"))) {
			Session<?> session = streams().nextSession();
			session.push(SseEvent.raw("x".repeat(32 * 1024 * 1024)));
			assertThat(streams().nextReason()).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
			client.awaitCut();
		}
		assertNothingWasDispatched();
	}

	private void assertNothingWasDispatched() {
		await().untilAsserted(() -> assertThat(engine().getSessionCount()).isZero());
		assertThat(this.dispatches.getFilter().count()).isEqualTo(this.dispatchesBefore);
	}

	@Test
	void postWithoutCsrfTokenIsRefused() throws Exception {
		Browser browser = newBrowser().login("ada");
		try (SseTestClient client = browser.stream().post("text/plain", "").connect("/web/posted")) {
			// Forbidden, and so is the dispatch to the error page.
			assertThat(client.getStatus()).isEqualTo(401);
		}
	}

	@Test
	void postWithCsrfTokenIsAStream() throws Exception {
		Browser browser = newBrowser().login("ada");
		String token = browser.csrfToken();
		try (SseTestClient client = browser.stream()
			.header("X-CSRF-TOKEN", token)
			.post("text/plain", "")
			.connect("/web/posted")) {
			assertThat(client.getStatus()).isEqualTo(200);
			streams().news().broadcast("a");
			assertThat(client).receivesData("\"a\"");
			streams().nextSession().close();
			assertThat(client).ends();
		}
	}

	@Test
	void postWithATokenOfAStatelessChainNeedsNoMore() throws Exception {
		try (SseTestClient client = bearer("ada", Instant.now().plusSeconds(600)).post("text/plain", "")
			.connect("/api/posted")) {
			assertThat(client.getStatus()).isEqualTo(200);
			streams().nextSession().close();
			assertThat(client).ends();
		}
	}

	@Test
	void otherOriginIsLetInWithCredentials() throws Exception {
		try (SseTestClient client = SseTestClient.on(port())
			.header("Origin", SecuredApplication.ORIGIN)
			.header("Authorization", basic("ada"))
			.connect("/api/stream")) {
			assertThat(client.getStatus()).isEqualTo(200);
			assertThat(client.getHeaders())
				.containsEntry("Access-Control-Allow-Origin", List.of(SecuredApplication.ORIGIN))
				.containsEntry("Access-Control-Allow-Credentials", List.of("true"));
			streams().nextSession().close();
			assertThat(client).ends();
		}
	}

	@Test
	void unknownOriginIsNotLetIn() {
		try (SseTestClient client = SseTestClient.on(port())
			.header("Origin", "https://evil.example.org")
			.header("Authorization", basic("ada"))
			.connect("/api/stream")) {
			assertThat(client.getStatus()).isEqualTo(403);
			assertThat(client.getHeaders()).doesNotContainKey("Access-Control-Allow-Origin");
		}
	}

	@Test
	void preflightNeedsNoLogin() throws Exception {
		HttpResponse<Void> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/api/stream"))
				.method("OPTIONS", BodyPublishers.noBody())
				.header("Origin", SecuredApplication.ORIGIN)
				.header("Access-Control-Request-Method", "GET")
				.header("Access-Control-Request-Headers", "last-event-id")
				.build(), BodyHandlers.discarding());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
		assertThat(response.headers().firstValue("Access-Control-Allow-Headers")).hasValue("last-event-id");
	}

}
