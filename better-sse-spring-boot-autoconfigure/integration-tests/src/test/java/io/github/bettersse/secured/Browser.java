package io.github.bettersse.secured;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import io.github.bettersse.test.SseTestClient;

/**
 * A browser: it keeps cookies, and logs in and out by forms.
 */
final class Browser {

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final URI server;

	Browser(int port) {
		this.server = URI.create("http://localhost:" + port);
	}

	Browser login(String user) throws IOException, InterruptedException {
		assertStatus(302, post("/login", "username=" + user + "&password=secret"));
		return this;
	}

	void logout() throws IOException, InterruptedException {
		assertStatus(302, post("/logout", ""));
	}

	private static void assertStatus(int expected, HttpResponse<?> response) {
		if (response.statusCode() != expected) {
			throw new AssertionError(response + " with " + response.headers());
		}
	}

	/** Post a form with the CSRF token. */
	HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
		String token = URLEncoder.encode(csrfToken(), StandardCharsets.UTF_8);
		return this.client.send(HttpRequest.newBuilder(this.server.resolve(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form + "&_csrf=" + token))
			.build(), BodyHandlers.ofString());
	}

	String csrfToken() throws IOException, InterruptedException {
		return this.client
			.send(HttpRequest.newBuilder(this.server.resolve("/web/csrf")).build(), BodyHandlers.ofString())
			.body();
	}

	/** Return what the cookies say. */
	String cookie() {
		return this.cookies.getCookieStore()
			.get(this.server)
			.stream()
			.map((cookie) -> cookie.getName() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
	}

	String sessionCookie() {
		return this.cookies.getCookieStore()
			.get(this.server)
			.stream()
			.map(HttpCookie::getValue)
			.findFirst()
			.orElseThrow();
	}

	/** Describe a stream with these cookies. */
	SseTestClient.Builder stream() {
		return SseTestClient.on(this.server).header("Cookie", cookie());
	}

}
