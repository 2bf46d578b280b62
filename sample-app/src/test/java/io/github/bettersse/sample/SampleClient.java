package io.github.bettersse.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to the sample as its page does.
 */
final class SampleClient {

	private static final JsonMapper json = new JsonMapper();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String base;

	SampleClient(int port) {
		this.base = "http://localhost:" + port;
	}

	EventStream ticker() {
		return new EventStream(get("/ticker"));
	}

	EventStream chat(String name, String key) {
		return new EventStream(join(name, key));
	}

	int chatStatus(String name, String key) {
		HttpResponse<InputStream> response = join(name, key);
		close(response);
		return response.statusCode();
	}

	int say(String key, String text) {
		return say(key, text, "");
	}

	/** Say something at a node of a cluster. */
	int say(String key, String text, String node) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.base + "/chat/messages?node=" + node))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json.writeValueAsString(Map.of("key", key, "text", text))))
			.build();
		HttpResponse<InputStream> response = send(request);
		close(response);
		return response.statusCode();
	}

	HttpResponse<InputStream> join(String name, String key) {
		return get("/chat?username=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&key=" + key);
	}

	HttpResponse<InputStream> get(String path) {
		return send(HttpRequest.newBuilder(URI.create(this.base + path)).build());
	}

	private HttpResponse<InputStream> send(HttpRequest request) {
		try {
			return this.http.sendAsync(request, BodyHandlers.ofInputStream()).orTimeout(10, TimeUnit.SECONDS).join();
		}
		catch (RuntimeException ex) {
			throw new AssertionError("No answer to " + request, ex);
		}
	}

	static void close(HttpResponse<InputStream> response) {
		try {
			response.body().close();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
