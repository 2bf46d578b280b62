package io.github.bettersse.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the requests that a page tells its reader to send. Every wait is bounded.
 */
final class Curl {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String server;

	/**
	 * Create a client.
	 * @param port where the server listens, in place of the port that the page shows
	 */
	Curl(int port) {
		this.server = "http://localhost:" + port;
	}

	String get(String address) throws Exception {
		return this.http.send(request(address).build(), BodyHandlers.ofString()).body();
	}

	int post(String address, String contentType, String body) throws Exception {
		return this.http.send(posted(address, contentType, body), BodyHandlers.discarding()).statusCode();
	}

	/** Return what a POST request is answered with, until the server ends it. */
	String answer(String address, String contentType, String body) throws Exception {
		return this.http.send(posted(address, contentType, body), BodyHandlers.ofString()).body();
	}

	private HttpRequest posted(String address, String contentType, String body) {
		return request(address).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)).build();
	}

	Stream stream(String address, String... headers) throws Exception {
		HttpResponse<InputStream> response = open(address, headers);
		assertThat(response.statusCode()).isEqualTo(200);
		return new Stream(response.body());
	}

	HttpResponse<InputStream> open(String address, String... headers) throws Exception {
		HttpRequest.Builder request = request(address);
		return this.http.send(((headers.length > 0) ? request.headers(headers) : request).build(),
				BodyHandlers.ofInputStream());
	}

	private HttpRequest.Builder request(String address) {
		return HttpRequest.newBuilder(URI.create(address.replace("http://localhost:8080", this.server)))
			.timeout(Duration.ofSeconds(10));
	}

	/**
	 * What one request prints.
	 */
	record Stream(InputStream body) implements AutoCloseable {

		/** Return the next so many characters, which are all ASCII. */
		String next(int length) throws Exception {
			return soon(() -> read(length));
		}

		/** Return what comes up to the next blank line, without the id of an event. */
		String event() throws Exception {
			return soon(() -> {
				StringBuilder event = new StringBuilder();
				while (event.indexOf("\n\n") < 0) {
					String next = read(1);
					if (next.isEmpty()) {
						throw new AssertionError("The stream has ended after " + event);
					}
					event.append(next);
				}
				return event.toString().replaceFirst("(?m)^id: .*\n", "");
			});
		}

		/** Return all until the server ends the stream. */
		String rest() throws Exception {
			return soon(() -> read(Integer.MAX_VALUE));
		}

		private String read(int length) {
			try {
				return new String(this.body.readNBytes(length), StandardCharsets.US_ASCII);
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}

		private static String soon(Supplier<String> text) throws Exception {
			return CompletableFuture.supplyAsync(text).get(10, TimeUnit.SECONDS);
		}

		@Override
		public void close() throws IOException {
			this.body.close();
		}

	}

}
