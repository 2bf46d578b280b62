package io.github.bettersse.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A response from a server.
 */
final class HttpExchange implements Exchange {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(Version.HTTP_1_1)
		.followRedirects(Redirect.NEVER)
		.build();

	private final HttpResponse<InputStream> response;

	private HttpExchange(HttpResponse<InputStream> response) {
		this.response = response;
	}

	static HttpExchange open(URI server, StreamRequest request) {
		HttpRequest.Builder builder = HttpRequest.newBuilder(server.resolve(request.path()));
		request.headers().forEach((name, values) -> values.forEach((value) -> builder.header(name, value)));
		if (request.body() != null) {
			builder.POST(BodyPublishers.ofString(request.body()));
		}
		try {
			return new HttpExchange(CLIENT.sendAsync(builder.build(), BodyHandlers.ofInputStream())
				.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException ex) {
			throw new AssertionError("The head of the response did not come within " + request.timeout(), ex);
		}
		catch (ExecutionException ex) {
			throw new AssertionError("The server cannot be reached", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	@Override
	public int status() {
		return this.response.statusCode();
	}

	@Override
	public Map<String, List<String>> headers() {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(this.response.headers().map());
		return headers;
	}

	@Override
	public InputStream body() {
		return this.response.body();
	}

	@Override
	public void cut() throws IOException {
		this.response.body().close();
	}

}
